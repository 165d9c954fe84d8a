// The disk: submission, effect and completion apart; content; bounds; footprints.

#include "sim/disk.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <functional>
#include <vector>

#include "tests/sim/filled.hpp"
#include "tests/sim/steps.hpp"

namespace simcheck::test {
namespace {

using sim::Disk;
using sim::IoStatus;
using sim::Payload;
using sim::World;

// The status of one request in a world of its own.
IoStatus status_of(std::uint64_t disk_bytes, const std::function<IoStatus(Disk&)>& request) {
  World world;
  Disk disk(world, "disk", disk_bytes);
  IoStatus status{};
  world.spawn("A", [&] { status = request(disk); });
  finish(world);
  CHECK(disk.end_of_content() <= disk_bytes);
  return status;
}

}  // namespace

TEST_CASE("a request is submitted, takes effect and completes: three transitions") {
  World world;
  Disk disk(world, "disk");
  bool completed = false;
  world.spawn("A", [&] {
    disk.write(512, filled(1, 512));
    completed = true;
  });
  CHECK(footprint_after(world, "A").empty());
  CHECK(letters(world, world.in_flight()) == "A");
  CHECK(is_filled(disk, 512, 512, 0));
  CHECK(footprint_after(world, "A") == Strings{"w disk 512..1024"});
  CHECK(world.in_flight() == 0);
  CHECK(is_filled(disk, 512, 512, 1));
  CHECK(!completed);
  CHECK(footprint_after(world, "A").empty());
  CHECK(completed);
}

TEST_CASE("what a request's effect touches") {
  World world;
  Disk disk(world, "disk", 4096);
  std::array<std::byte, 16> buffer{};
  const auto spawn = [&](auto request) { world.spawn("", request); };
  spawn([&] { disk.read(8, buffer); });
  spawn([&] { disk.write_zeroes(0, 100); });
  spawn([&] { disk.discard(100, 50); });
  spawn([&] { disk.flush(); });
  spawn([&] { disk.write(4096, Payload()); });
  spawn([&] { disk.write(4090, filled(1, 16)); });
  run(world, "ABCDEF");
  CHECK(footprint_after(world, "A") == Strings{"r disk 8..24"});
  CHECK(footprint_after(world, "B") == Strings{"w disk 0..100"});
  CHECK(footprint_after(world, "C") == Strings{"w disk 100..150"});
  CHECK(footprint_after(world, "D").empty());
  CHECK(footprint_after(world, "E").empty());
  CHECK(footprint_after(world, "F").empty());
}

TEST_CASE("a read sees every effect that came before its own, completed or not") {
  World world;
  Disk disk(world, "disk");
  std::byte early{9}, late{9};
  world.spawn("A", [&] { disk.write(0, filled(1, 512)); });
  world.spawn("B", [&] { disk.read(100, {&early, 1}); });
  world.spawn("C", [&] { disk.read(100, {&late, 1}); });
  run(world, "ABC");  // all submitted
  run(world, "BAC");  // the effects
  CHECK(letters(world, world.unfinished()) == "ABC");
  finish(world);
  CHECK(early == std::byte{0});
  CHECK(late == std::byte{1});
}

TEST_CASE("overlapping writes lie in order of effect, whatever the order of completion") {
  World world;
  Disk disk(world, "disk");
  world.spawn("A", [&] { disk.write(0, filled(1, 1024)); });
  world.spawn("B", [&] { disk.write(512, filled(2, 1024)); });
  run(world, "AB");
  SUBCASE("B over A") {
    run(world, "ABBA");
    CHECK(is_filled(disk, 0, 512, 1));
    CHECK(is_filled(disk, 512, 1024, 2));
  }
  SUBCASE("A over B") {
    run(world, "BAAB");
    CHECK(is_filled(disk, 0, 1024, 1));
    CHECK(is_filled(disk, 1024, 512, 2));
  }
  CHECK(disk.end_of_content() == 1536);
}

TEST_CASE("zeroed and discarded bytes read as zero") {
  World world;
  Disk disk(world, "disk");
  world.spawn("A", [&] {
    disk.write(0, filled(1, 300));
    disk.write_zeroes(50, 100);
    disk.discard(200, 50);
  });
  finish(world);
  CHECK(is_filled(disk, 0, 50, 1));
  CHECK(is_filled(disk, 50, 100, 0));
  CHECK(is_filled(disk, 150, 50, 1));
  CHECK(is_filled(disk, 200, 50, 0));
  CHECK(is_filled(disk, 250, 50, 1));
}

TEST_CASE("the disk copies bytes: the buffer is the caller's again") {
  World world;
  Disk disk(world, "disk");
  world.spawn("A", [&] {
    std::array<std::byte, 4> buffer;
    buffer.fill(std::byte{7});
    disk.write(0, Payload::of(buffer).append_fill(std::byte{8}, 4).append(buffer));
    buffer.fill(std::byte{9});
    disk.write(100, Payload::of(buffer));
  });
  finish(world);
  CHECK(is_filled(disk, 0, 4, 7));
  CHECK(is_filled(disk, 4, 4, 8));
  CHECK(is_filled(disk, 8, 4, 7));
  CHECK(is_filled(disk, 100, 4, 9));
}

TEST_CASE("a terabyte costs nothing, and requests as large are fine") {
  constexpr std::uint64_t kEnd = Disk::kDefaultBytes;
  World world;
  Disk disk(world, "disk");
  IoStatus status{};
  world.spawn("A", [&] {
    disk.write(0, filled(7, kEnd));
    disk.write_zeroes(512, kEnd - 1024);
    status = disk.write(kEnd - 1, filled(1, 1));
  });
  finish(world);
  CHECK(status == IoStatus::kOk);
  CHECK(is_filled(disk, 0, 512, 7));
  CHECK(is_filled(disk, 512, kEnd - 1024, 0));
  CHECK(is_filled(disk, kEnd - 1, 1, 1));
  CHECK(disk.end_of_content() == kEnd);
}

TEST_CASE("requests of no bytes succeed up to the end and change nothing") {
  for (const std::uint64_t offset : {0, 512}) {
    CHECK(status_of(512, [&](Disk& d) { return d.write(offset, Payload()); }) == IoStatus::kOk);
    CHECK(status_of(512, [&](Disk& d) { return d.write_zeroes(offset, 0); }) == IoStatus::kOk);
    CHECK(status_of(512, [&](Disk& d) { return d.discard(offset, 0); }) == IoStatus::kOk);
    CHECK(status_of(512, [&](Disk& d) { return d.read(offset, {}); }) == IoStatus::kOk);
  }
  CHECK(status_of(512, [](Disk& d) { return d.discard(513, 0); }) == IoStatus::kNoSpace);
}

TEST_CASE("requests past the end fail as a whole") {
  struct Extent {
    std::uint64_t offset, length;
  };
  // The last two overflow 64 bits.
  for (const Extent& extent : {Extent{512, 1}, Extent{511, 2}, Extent{0, 513},
                               Extent{UINT64_MAX, 2}, Extent{2, UINT64_MAX - 1}}) {
    const std::uint64_t offset = extent.offset, length = extent.length;
    CAPTURE(offset);
    CAPTURE(length);
    CHECK(status_of(512, [&](Disk& d) { return d.write(offset, filled(1, length)); }) ==
          IoStatus::kNoSpace);
    CHECK(status_of(512, [&](Disk& d) { return d.write_zeroes(offset, length); }) ==
          IoStatus::kNoSpace);
    CHECK(status_of(512, [&](Disk& d) { return d.discard(offset, length); }) == IoStatus::kNoSpace);
  }
  CHECK(status_of(512, [](Disk& d) {
          std::array<std::byte, 2> buffer;
          return d.read(511, buffer);
        }) == IoStatus::kIoError);
  CHECK(status_of(512, [](Disk& d) { return d.write(0, filled(1, 512)); }) == IoStatus::kOk);
}

}  // namespace simcheck::test
