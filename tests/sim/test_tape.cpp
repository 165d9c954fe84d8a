// Tapes: lists that are shortened to go back, and lengthened to come to what was there.
#include "sim/tape.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <numeric>
#include <vector>

#include "sim/disk.hpp"
#include "sim/testbed.hpp"
#include "tests/sim/steps.hpp"

namespace simcheck::test {
namespace {

std::vector<int> items_of(const sim::Tape<int>& tape) {
  return {tape.items().begin(), tape.items().end()};
}

TEST_CASE("what lies behind a tape's length comes back with it") {
  sim::Tapes tapes;
  sim::Tape<int> a(tapes), b(tapes);
  a.push_back(1);
  const sim::Tapes::Lengths early = tapes.lengths();
  a.push_back(2);
  b.push_back(3);
  const sim::Tapes::Lengths late = tapes.lengths();
  tapes.set_lengths(early);
  CHECK(items_of(a) == std::vector{1});
  CHECK(b.empty());
  tapes.set_lengths(late);
  CHECK(items_of(a) == std::vector{1, 2});
  CHECK(items_of(b) == std::vector{3});
}

TEST_CASE("also when the tape has grown since") {
  sim::Tapes tapes;
  sim::Tape<int> tape(tapes);
  std::vector<int> all(100);
  std::iota(all.begin(), all.end(), 0);
  tape.append(all);
  const sim::Tapes::Lengths lengths = tapes.lengths();
  tapes.set_lengths({});
  for (const int item : all) tape.push_back(item);
  tape.append(all);
  CHECK(tape.size() == 200);
  tapes.set_lengths(lengths);
  CHECK(items_of(tape) == all);
}

TEST_CASE("items are kept while another path overwrites them") {
  sim::Tapes tapes;
  sim::Tape<int> tape(tapes);
  tape.push_back(1);
  tape.push_back(2);
  const sim::Tapes::Lengths lengths = tapes.lengths();
  tapes.keep();
  tapes.set_lengths({});
  for (int i = 0; i < 100; ++i) tape.push_back(-i);
  tapes.set_lengths(lengths);
  CHECK(items_of(tape) == std::vector{0, -1});
  tapes.put_back();
  CHECK(items_of(tape) == std::vector{1, 2});
}

TEST_CASE("a world of more tapes than are counted keeps them all, and is run in full") {
  sim::Tapes tapes;
  std::vector<std::unique_ptr<sim::Tape<std::size_t>>> many;
  for (std::size_t i = 0; i <= sim::Tapes::kCountedMax; ++i) {
    CHECK(tapes.all_counted());
    many.push_back(std::make_unique<sim::Tape<std::size_t>>(tapes));
    many.back()->push_back(i);
  }
  CHECK_FALSE(tapes.all_counted());
  for (std::size_t i = 0; i < many.size(); ++i) CHECK((*many[i])[0] == i);
}

// A writes, then reads what it wrote; B is told by an event what A read.
struct Told {
  std::array<std::byte, 4> read{};
};

TEST_CASE("a transition that is run again does as it did, and appends nothing") {
  if (!sim::Arena::available()) return;
  sim::Disk* disk = nullptr;
  Told* told = nullptr;
  sim::Testbed testbed([&](sim::World& world) {
    disk = &world.make<sim::Disk>(world, "disk");
    told = &world.make<Told>();
    world.spawn("A", [&world, disk, told] {
      disk->write(8, sim::Payload::filled(std::byte{7}, 4));
      world.emit({.kind = sim::EventKind::kSubmitted, .sector = 5});
      disk->read(8, told->read);
      disk->write(8, sim::Payload::filled(std::byte{9}, 4));
    });
  });
  sim::World& world = testbed.world();
  std::vector<std::uint64_t> touches;
  std::vector<sim::Tapes::Lengths> lengths;
  while (world.enabled() != 0) {
    world.run(sim::FiberId{0});
    touches.push_back(world.hash_of_touches());
    lengths.push_back(world.tapes().lengths());
  }
  REQUIRE(touches.size() == 7);
  REQUIRE(world.can_repeat());

  testbed.reset();
  CHECK(world.history().events.empty());
  world.set_repeating(true);
  for (std::size_t i = 0; i < 5; ++i) {
    world.run_again(sim::FiberId{0}, lengths[i]);
    CHECK(world.hash_of_touches() == touches[i]);
  }
  world.set_repeating(false);
  CHECK(told->read[3] == std::byte{7});
  REQUIRE(world.history().events.size() == 1);
  CHECK(world.history().events[0].sector == 5);
  CHECK(disk->run_at(8, 4).fill == std::byte{7});
  run(world, "AA");
  CHECK(disk->run_at(8, 4).fill == std::byte{9});
  CHECK(world.unfinished() == 0);
}

}  // namespace
}  // namespace simcheck::test
