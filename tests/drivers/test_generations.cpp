// The list of drivers, and what all of them have in common when nothing runs concurrently.

#include <doctest/doctest.h>

#include "tests/drivers/rig.hpp"

namespace simcheck::test {

using Strings = std::vector<std::string>;

TEST_CASE("the drivers are listed oldest first, with short summaries") {
  Strings names;
  for (const drivers::DriverInfo& info : drivers::all_drivers()) {
    names.emplace_back(info.name);
    CHECK(info.summary.size() <= 60);
  }
  CHECK(names == Strings{"buggy", "fixed", "mutex-v1", "mutex-v2", "serialized", "crash-safe"});
}

TEST_CASE("every generation writes the same log when requests follow one another") {
  for (const drivers::DriverInfo& info : drivers::all_drivers()) {
    CAPTURE(info.name);
    Rig rig(info.name, {.driver = {.super_update_interval = 1}});
    rig.write(8192, 1024, 7).zeroes(4096, 512).discard(0, 4096).flush();
    rig.finish_all();

    CHECK(rig.header_at(1) == logs::EntryHeader{16, 2, 0, 0});
    CHECK(rig.log_filled(2, 2, 7));
    CHECK(rig.header_at(4) == logs::EntryHeader{8, 1, 0, 0});
    CHECK(rig.log_filled(5, 1, 0));
    CHECK(rig.header_at(6) == logs::EntryHeader{0, 8, logs::kFlagDiscard, 0});
    CHECK(rig.header_at(7) == logs::EntryHeader{0, 0, logs::kFlagFlush, 0});
    CHECK(rig.log_filled(8, 64, 0));
    CHECK(rig.superblock() == logs::Superblock{.nr_entries = 4, .sector_size = 512});
    CHECK(rig.log.is_durable(0, 512));
    CHECK(rig.data_filled(8192, 1024, 7));
    CHECK(rig.placements() == Strings{"A entry 1+2 flags 0", "A data 2+2", "B entry 4+1 flags 0",
                                      "B data 5+1", "C entry 6+8 flags 4", "D entry 7+0 flags 1"});
  }
}

TEST_CASE("every generation of QEMU updates the superblock at the interval, and at a flush") {
  for (const drivers::DriverInfo& info : drivers::qemu_drivers()) {
    CAPTURE(info.name);
    Rig rig(info.name, {.driver = {.super_update_interval = 3}});
    rig.write(0, 512).write(512, 512).write(1024, 512).write(1536, 512).flush();
    rig.finish('A');
    rig.finish('B');
    CHECK(rig.superblock().magic == 0);
    rig.finish('C');
    CHECK(rig.superblock().nr_entries == 3);
    rig.finish('D');
    CHECK(rig.superblock().nr_entries == 3);
    rig.finish('E');
    CHECK(rig.superblock().nr_entries == 5);
  }
}

TEST_CASE("with the default interval a short run leaves no superblock") {
  for (const drivers::DriverInfo& info : drivers::qemu_drivers()) {
    Rig rig(info.name);
    rig.write(0, 512).zeroes(512, 512);
    rig.finish_all();
    CHECK(rig.log_filled(0, 1, 0));
  }
}

TEST_CASE(
    "in every generation of QEMU a failed log write is the request's result, and its place is "
    "lost") {
  for (const drivers::DriverInfo& info : drivers::qemu_drivers()) {
    CAPTURE(info.name);
    Rig rig(info.name, {.driver = {.super_update_interval = 1}, .log_bytes = 8 * 512});
    rig.write(0, 8 * 512).discard(0, 512);  // log sectors 1 to 9, and 10
    rig.finish_all();
    CHECK(rig.status('A') == "ENOSPC");
    CHECK(rig.status('B') == "ENOSPC");
    CHECK(rig.placements() == Strings{"A entry 1+8 flags 0", "A data 2+8", "B entry 10+1 flags 4"});
    CHECK(rig.log_filled(0, 8, 0));  // no superblock either
  }
}

TEST_CASE("in every generation of QEMU failed zeroes skip the superblock") {
  for (const drivers::DriverInfo& info : drivers::qemu_drivers()) {
    CAPTURE(info.name);
    Rig rig(info.name, {.driver = {.super_update_interval = 1}, .log_bytes = 8 * 512});
    rig.zeroes(0, 8 * 512);
    rig.finish_all();
    CHECK(rig.status('A') == "ENOSPC");
    CHECK(rig.header_at(1).nr_sectors == 8);
    CHECK(rig.log_filled(0, 1, 0));
  }
}

}  // namespace simcheck::test
