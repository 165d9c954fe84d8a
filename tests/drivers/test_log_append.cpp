// log-append: where the walk over an existing log ends, and that drivers go on from there.

#include "drivers/log_append.hpp"

#include <doctest/doctest.h>

#include <array>
#include <stdexcept>
#include <string>

#include "drivers/generations.hpp"
#include "tests/drivers/rig.hpp"

namespace simcheck::test {
namespace {

using logs::EntryHeader;
using logs::Superblock;

struct Log {
  Log() : disk(world, "log") {}

  template <std::size_t kBytes, typename Part>
  Log& put(std::uint64_t sector, const Part& part) {
    std::array<std::byte, kBytes> bytes;
    logs::encode(part, bytes);
    disk.prepare(sector * 512, sim::Payload::of(bytes));
    return *this;
  }
  Log& super(const Superblock& super) { return put<logs::kSuperblockBytes>(0, super); }
  Log& header(std::uint64_t sector, const EntryHeader& entry) {
    return put<logs::kEntryHeaderBytes>(sector, entry);
  }

  sim::World world;
  sim::Disk disk;
};

std::string refusal(const Log& log) {
  try {
    drivers::find_append_point(log.disk, 512);
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("the walk goes over as many headers as the superblock counts") {
  Log log;
  log.super({.nr_entries = 3});
  log.header(1, {.sector = 8, .nr_sectors = 4}).header(6, {.nr_sectors = 100, .flags = 4});
  log.header(7, {.flags = 1}).header(8, {.nr_sectors = 9});  // not counted
  const drivers::AppendPoint point = drivers::find_append_point(log.disk, 512);
  CHECK(point.sector == 8);
  CHECK(point.entries == 3);
  CHECK(drivers::find_append_point(Log().super({}).disk, 512).sector == 1);
}

TEST_CASE("what cannot be appended to") {
  CHECK(refusal(Log()) == "log-writes: cannot append to this log: sector 0 is no superblock");
  CHECK(refusal(Log().super({.version = 2})).ends_with("it is of version 2"));
  CHECK(refusal(Log().super({.sector_size = 4096})).ends_with("4096 bytes, not 512"));
  CHECK(refusal(Log().super({.nr_entries = 1}).header(1, {.flags = 16}))
            .ends_with("entry 0 has flags METADATA"));
  CHECK(refusal(Log().super({.nr_entries = 2}).header(1, {.nr_sectors = UINT64_MAX}))
            .ends_with("entry 1 lies behind its end"));
}

TEST_CASE("every generation goes on behind the last entry, and counts on") {
  for (const drivers::DriverInfo& driver : drivers::all_drivers()) {
    CAPTURE(driver.name.size());
    Log log;
    log.super({.nr_entries = 2}).header(1, {.nr_sectors = 2}).header(4, {.flags = 1});
    sim::Disk data(log.world, "data");
    log.world.show_devices(&data, &log.disk, 512);
    sim::BlockDevice& device = driver.make(log.world, data, log.disk, {.append = true});
    log.world.spawn("A", [&] {
      device.write(0, sim::Payload::filled(std::byte{1}, 512));
      device.flush();
    });
    while (log.world.enabled() != 0) log.world.run(sim::FiberId{0});
    const drivers::AppendPoint point = drivers::find_append_point(log.disk, 512);
    CHECK(point.sector == 8);
    CHECK(point.entries == 4);
  }
}

}  // namespace simcheck::test
