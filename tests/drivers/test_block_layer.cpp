// The block layer on top of `fixed`: padding, order, FUA, and which flushes reach the driver.

#include <doctest/doctest.h>

#include "drivers/block_layer.hpp"
#include "tests/drivers/rig.hpp"

namespace simcheck::test {

using drivers::BlockLayer;
using drivers::BlockLayerOptions;
using drivers::DetectZeroesMode;
using Strings = std::vector<std::string>;

namespace {

Rig::Options layered(const BlockLayerOptions& options = {}) {
  return {.stack = [options](sim::World& world, sim::BlockDevice& driver, sim::Disk& data,
                             sim::Disk& log) -> sim::BlockDevice& {
    return world.make<BlockLayer>(world, driver, data, log, options);
  }};
}

}  // namespace

TEST_CASE("block layer: an aligned write goes down as it is") {
  Rig rig("fixed", layered());
  rig.write(512, 512, 3);
  rig.finish_all();
  CHECK(rig.placements() == Strings{"A entry 1+1 flags 0", "A data 2+1"});
  CHECK(rig.header_at(1) == logs::EntryHeader{1, 1, 0, 0});
}

TEST_CASE("block layer: an unaligned write is padded with what is there") {
  Rig rig("fixed", layered());
  rig.write(0, 1536, 1).write(500, 600, 2);
  rig.finish_all();
  CHECK(rig.placements().at(2) == "B entry 5+3 flags 0");
  CHECK(rig.data_filled(0, 500, 1));
  CHECK(rig.data_filled(500, 600, 2));
  CHECK(rig.data_filled(1100, 436, 1));
  CHECK(sim::same_content(rig.data, 0, rig.log, 6 * 512, 1536));
}

TEST_CASE("block layer: unaligned write-zeroes are a write, write-zeroes and a write") {
  Rig rig("fixed", layered());
  rig.write(0, 2048, 1).zeroes(100, 1700);
  rig.finish_all();
  CHECK(rig.placements() == Strings{"A entry 1+4 flags 0", "A data 2+4", "B entry 6+1 flags 0",
                                    "B data 7+1", "B entry 8+2 flags 0", "B data 9+2",
                                    "B entry 11+1 flags 0", "B data 12+1"});
  CHECK(rig.data_filled(0, 100, 1));
  CHECK(rig.data_filled(100, 1700, 0));
  CHECK(rig.data_filled(1800, 248, 1));
  CHECK(rig.header_at(6) == logs::EntryHeader{0, 1, 0, 0});
  CHECK(rig.header_at(8) == logs::EntryHeader{1, 2, 0, 0});
  CHECK(rig.header_at(11) == logs::EntryHeader{3, 1, 0, 0});
}

TEST_CASE("block layer: short unaligned write-zeroes are one write") {
  Rig rig("fixed", layered());
  rig.write(0, 1024, 1).zeroes(500, 24).zeroes(0, 10).zeroes(1000, 24);
  rig.finish_all();
  CHECK(rig.placements().size() == 8);
  CHECK(rig.data_filled(0, 10, 0));
  CHECK(rig.data_filled(10, 490, 1));
  CHECK(rig.data_filled(500, 24, 0));
  CHECK(rig.data_filled(524, 476, 1));
  CHECK(rig.data_filled(1000, 24, 0));
}

TEST_CASE("block layer: unaligned requests of length zero end here") {
  Rig rig("fixed", layered());
  rig.write(100, 0).zeroes(100, 0);
  rig.run("AB");
  CHECK(rig.status('A') == "ok");
  CHECK(rig.status('B') == "ok");
}

TEST_CASE("block layer: two padded writes to one block do not lose each other's bytes") {
  Rig rig("fixed", layered());
  rig.write(0, 100, 1).write(100, 412, 2);
  rig.run("AAB");  // A has read the block; B must wait
  CHECK_FALSE(rig.enabled('B'));
  rig.finish('A');
  rig.finish('B');
  CHECK(rig.data_filled(0, 100, 1));
  CHECK(rig.data_filled(100, 412, 2));
}

TEST_CASE("block layer: overlapping aligned writes are not ordered") {
  Rig rig("fixed", layered());
  rig.write(0, 512, 1).write(0, 512, 2);
  rig.run("ABBA");
  CHECK(rig.data_filled(0, 512, 1));
}

TEST_CASE("block layer: reads, discards and write-zeroes wait for a padded write") {
  Rig rig("fixed", layered());
  std::array<std::byte, 512> bytes{};
  rig.write(0, 100, 1).discard(0, 512).zeroes(0, 512);
  rig.request([&](sim::BlockDevice& device) { return device.read(0, bytes); });
  rig.run("ABCD");
  for (const char waiting : {'B', 'C', 'D'}) CHECK_FALSE(rig.enabled(waiting));
  rig.finish('A');
  rig.finish_all();
  CHECK(rig.world.unfinished() == 0);
}

TEST_CASE("block layer: an unaligned discard reaches the driver, which refuses it") {
  Rig rig("fixed", layered());
  rig.discard(0, 700).write(0, 100, 1);
  rig.finish_all();
  CHECK(rig.exceptions().size() == 1);
  CHECK(rig.status('B') == "ok");  // the discard is in nobody's way any more
}

TEST_CASE("block layer: detect-zeroes looks at what is written, padding included") {
  Rig rig("fixed", layered({.detect_zeroes = DetectZeroesMode::kOn}));
  rig.write(0, 100, 0).write(512, 512, 0);
  CHECK(rig.footprints("AAAAAA").back() == "w log 1+1");
  rig.finish('A');
  CHECK(rig.footprints("BBBB").back() == "w log 3+1");
}

TEST_CASE("block layer: before any write a flush flushes the children alone") {
  Rig rig("fixed", layered());
  rig.flush();
  rig.run("AAAAA");  // submit; log's effect; submit; data's effect; end
  CHECK(rig.status('A') == "ok");
  CHECK(rig.placements().empty());
}

TEST_CASE("block layer: a flush reaches the driver once per change") {
  Rig rig("fixed", layered());
  rig.write(0, 512).flush().flush().discard(0, 512).flush();
  rig.finish_all();
  CHECK(rig.placements() == Strings{"A entry 1+1 flags 0", "A data 2+1", "B entry 3+0 flags 1",
                                    "D entry 4+1 flags 4", "E entry 5+0 flags 1"});
}

TEST_CASE("block layer: a failed write counts as one") {
  Rig::Options options = layered();
  options.data_bytes = 512;
  Rig rig("fixed", options);
  rig.write(512, 512).flush();
  rig.finish_all();
  CHECK(rig.status('A') == "ENOSPC");
  CHECK(rig.placements().back() == "B entry 3+0 flags 1");
}

TEST_CASE("block layer: a write in flight does not count yet") {
  Rig rig("fixed", layered());
  rig.write(0, 512).flush();
  rig.run("A");
  rig.finish('B');
  CHECK(rig.status('B') == "ok");
  CHECK(rig.placements().empty());
}

TEST_CASE("block layer: flushes go one at a time") {
  Rig rig("fixed", layered());
  rig.write(0, 512).flush().flush();
  rig.finish('A');
  rig.run("BC");
  CHECK_FALSE(rig.enabled('C'));
  CHECK(rig.stuck().back() == "C: queue flush queue");
  rig.finish('B');
  rig.finish('C');
  CHECK(rig.status('C') == "ok");
  CHECK(rig.placements().size() == 3);  // the second had nothing left to do
}

TEST_CASE("block layer: a failed flush is tried again by the next") {
  Rig::Options options = layered();
  options.failing_log_request = 3;  // the flush's superblock
  Rig rig("fixed", options);
  rig.write(0, 512).flush().flush();
  rig.finish_all();
  CHECK(rig.status('B') == "EIO");
  CHECK(rig.status('C') == "ok");
  CHECK(rig.placements().back() == "C entry 4+0 flags 1");
}

// The flush that stands for FUA comes before its own write counts: after a flush of all that was
// there, it finds nothing new.
TEST_CASE("block layer: a FUA write right after a flush leaves no FLUSH in the log") {
  Rig rig("fixed", layered());
  rig.write(0, 512).flush().write(512, 512, 1, true).write(1024, 512, 1, true);
  rig.finish_all();
  CHECK(rig.placements() == Strings{"A entry 1+1 flags 0", "A data 2+1", "B entry 3+0 flags 1",
                                    "C entry 4+1 flags 0", "C data 5+1", "D entry 6+1 flags 0",
                                    "D data 7+1", "D entry 8+0 flags 1"});
  CHECK(rig.data.is_durable(512, 512));  // C's, by the flush of the children
}

// As QEMU 7.2 logs it: qemu-io -t writeback ... -c "write -P 1 0 2k" -c "write -z 100 1700"
// -c "write -P 2 500 600" -c "write -z 500 24" -c flush -c "write -f -P 1 0 512"
// -c "write -f -z 100 1700"
TEST_CASE("block layer: padding, FUA and flushes give the log of a real qemu-io run") {
  Rig rig("fixed", layered());
  rig.write(0, 2048, 1).zeroes(100, 1700).write(500, 600, 2).zeroes(500, 24).flush();
  rig.write(0, 512, 1, true).zeroes(100, 1700, true);
  rig.finish_all();
  struct Expected {
    std::uint64_t log_sector;
    logs::EntryHeader header;
  };
  const Expected log[] = {{1, {0, 4, 0, 0}},  {6, {0, 1, 0, 0}},  {8, {1, 2, 0, 0}},
                          {11, {3, 1, 0, 0}}, {13, {0, 3, 0, 0}}, {17, {0, 2, 0, 0}},
                          {20, {0, 0, 1, 0}}, {21, {0, 1, 0, 0}}, {23, {0, 1, 0, 0}},
                          {25, {0, 0, 1, 0}}, {26, {1, 2, 0, 0}}, {29, {0, 0, 1, 0}},
                          {30, {3, 1, 0, 0}}, {32, {0, 0, 1, 0}}};
  for (const Expected& entry : log) {
    CAPTURE(entry.log_sector);
    CHECK(rig.header_at(entry.log_sector) == entry.header);
  }
  CHECK(rig.superblock().nr_entries == std::size(log));
}

TEST_CASE("block layer: a FUA write-zeroes flushes too, a failed one does not") {
  Rig::Options options = layered();
  options.data_bytes = 1024;
  Rig rig("fixed", options);
  rig.write(0, 512).zeroes(0, 512, true).zeroes(1024, 512, true);
  rig.finish_all();
  CHECK(rig.placements().size() == 7);  // write, zeroes and FLUSH, zeroes
  CHECK(rig.placements().at(4) == "B entry 5+0 flags 1");
  CHECK(rig.status('C') == "ENOSPC");
}

TEST_CASE("block layer: finished writes commute, a flush does not commute with them") {
  Rig rig("fixed", layered());
  rig.write(0, 512).write(512, 512).flush();
  CHECK(rig.footprints("AAAAA").back() ==
        "r thread 0, r nr_entries, a writes finished, a plain requests in flight 0+1");
  CHECK(
      rig.footprints("C") ==
      Strings{"r thread 0, r writes finished, w flush active, r requests lock, r writes flushed"});
}

}  // namespace simcheck::test
