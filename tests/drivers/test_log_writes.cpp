// What the generations share: results, reads, sector sizes, requests the driver cannot log.

#include <doctest/doctest.h>

#include "tests/drivers/rig.hpp"

namespace simcheck::test {

using Strings = std::vector<std::string>;

TEST_CASE("a request that fails on the data device is logged all the same") {
  Rig rig("fixed", {.data_bytes = 4096});
  rig.write(8192, 512, 3).discard(8192, 512);
  rig.finish_all();
  CHECK(rig.status('A') == "ENOSPC");
  CHECK(rig.header_at(1) == logs::EntryHeader{16, 1, 0, 0});
  CHECK(rig.log_filled(2, 1, 3));
  CHECK(rig.header_at(3) == logs::EntryHeader{16, 1, logs::kFlagDiscard, 0});
}

TEST_CASE("the unit of the log is its sector, whatever its size") {
  for (const std::uint32_t size : {32U, 4096U, 8388608U}) {
    CAPTURE(size);
    Rig rig("fixed", {.driver = {.sector_size = size, .super_update_interval = 1}});
    rig.write(3ULL * size, 2ULL * size, 9).zeroes(size, size);
    rig.finish_all();
    CHECK(rig.header_at(1) == logs::EntryHeader{3, 2, 0, 0});
    CHECK(rig.log_filled(2, 2, 9));
    CHECK(rig.header_at(4) == logs::EntryHeader{1, 1, 0, 0});
    CHECK(rig.superblock() == logs::Superblock{.nr_entries = 2, .sector_size = size});
  }
}

TEST_CASE("requests of length zero are entries without data") {
  Rig rig("buggy");
  rig.write(512, 0).zeroes(512, 0).discard(512, 0).write(0, 512, 5);
  rig.finish_all();
  CHECK(rig.placements() == Strings{"A entry 1+0 flags 0", "B entry 2+0 flags 0",
                                    "C entry 3+0 flags 4", "D entry 4+1 flags 0", "D data 5+1"});
  CHECK(rig.header_at(1) == logs::EntryHeader{1, 0, 0, 0});
  CHECK(rig.status('B') == "ok");
}

TEST_CASE("reads pass through and are not logged") {
  Rig rig("serialized");
  std::array<std::byte, 512> bytes{};
  rig.write(0, 512, 6).request([&](sim::BlockDevice& device) { return device.read(0, bytes); });
  rig.finish_all();
  CHECK(bytes.back() == std::byte{6});
  CHECK(rig.placements().size() == 2);
}

TEST_CASE("a FUA write is logged as a plain one, and durable on the data device alone") {
  Rig rig("fixed");
  rig.write(0, 512, 6, true);
  rig.finish_all();
  CHECK(rig.header_at(1).flags == 0);
  CHECK(rig.data.is_durable(0, 512));
  CHECK_FALSE(rig.log.is_durable(512, 1024));
}

TEST_CASE("an unaligned request throws, and says what was wrong, before it does anything") {
  Rig rig("fixed");
  rig.discard(0, 700).write(100, 512).zeroes(1, 511);
  rig.finish_all();
  CHECK(rig.exceptions() ==
        Strings{"log-writes: a request of 700 bytes at 0 is not aligned to the log's sector size "
                "of 512 bytes",
                "log-writes: a request of 512 bytes at 100 is not aligned to the log's sector size "
                "of 512 bytes",
                "log-writes: a request of 511 bytes at 1 is not aligned to the log's sector size "
                "of 512 bytes"});
  CHECK(rig.placements().empty());
  CHECK(rig.data_filled(0, 1024, 0));
}

}  // namespace simcheck::test
