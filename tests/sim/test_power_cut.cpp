// The power of a World: when it can be cut, what that touches, and that it is the end.

#include <doctest/doctest.h>

#include <cstdint>

#include "tests/sim/steps.hpp"

namespace simcheck::test {
namespace {

using sim::DeviceRole;
using sim::Disk;
using sim::DiskMoment;
using sim::EventKind;
using sim::Payload;
using sim::World;

const Payload kOneSector = Payload::filled(std::byte{1}, 512);
const std::uint32_t kBodyEffect = sim::bit_of(DeviceRole::kLog, DiskMoment::kBodyEffect);

}  // namespace

TEST_CASE("the cut is the last fiber's, possible from the start, and ends the execution") {
  World world;
  Disk disk(world, "disk");
  world.spawn("A", [&] { disk.write(0, kOneSector); });
  CHECK(world.add_power_cut(bit_of(EventKind::kAcknowledged)) == fiber_of('B'));
  CHECK(enabled(world) == "AB");
  run(world, "A");
  CHECK(enabled(world) == "AB");
  CHECK(!world.power_was_cut());
  run(world, "B");
  CHECK(enabled(world).empty());
  CHECK(world.power_was_cut());
  CHECK(world.was_cut_short());
  world.cancel();
}

TEST_CASE("a cut when all else is over cuts nothing short") {
  World world;
  Disk disk(world, "disk");
  world.spawn("A", [&] { disk.write(0, kOneSector); });
  world.add_power_cut(bit_of(EventKind::kAcknowledged));
  finish(world);
  CHECK(world.power_was_cut());
  CHECK(!world.was_cut_short());
}

TEST_CASE("it comes before or after what it sees, which commutes") {
  World world;
  Disk disk(world, "disk");
  disk.watch(DeviceRole::kLog, 512);
  world.spawn("A", [&] { disk.write(512, kOneSector); });
  world.spawn("B", [&] { disk.write(1024, kOneSector); });
  world.spawn("C", [&] { disk.write(0, kOneSector); });
  world.add_power_cut(kBodyEffect);
  CHECK(footprint_after(world, "AA") == Strings{"w disk 512..1024", "a power"});
  CHECK(footprint_after(world, "BB") == Strings{"w disk 1024..1536", "a power"});
  CHECK(footprint_after(world, "CC") == Strings{"w disk 0..512"});  // of the head: not seen
  CHECK(footprint_after(world, "D") == Strings{"r power"});
  world.cancel();
}

TEST_CASE("stopped threads and deadlocks do not stop it") {
  World world;
  sim::Mutex mutex(world, "mutex");
  sim::WaitQueue queue(world, "queue");
  world.spawn("A", [&] {
    mutex.lock();
    queue.wait();
  });
  world.spawn("B", [&] { mutex.lock(); });
  world.add_power_cut(bit_of(EventKind::kAcknowledged));
  run(world, "AB");
  CHECK(enabled(world) == "C");  // all else is deadlocked
  run(world, "C");
  CHECK(world.power_was_cut());
  CHECK(!world.was_cut_short());
  world.cancel();
}

}  // namespace simcheck::test
