// A testbed: every execution starts from the same state, restored or rebuilt.

#include "sim/testbed.hpp"

#include <doctest/doctest.h>

#include <map>
#include <new>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "sim/code_failed.hpp"
#include "tests/sim/steps.hpp"

namespace simcheck::test {
namespace {

using sim::Arena;
using sim::Testbed;
using sim::World;

// What a driver may keep: shared values, content, containers.
struct State {
  explicit State(World& world)
      : disk(world, "disk"), position(world, "position", 1), queue(world, "queue") {}
  sim::Disk disk;
  sim::Shared<int> position;
  sim::WaitQueue queue;
  std::map<std::string, std::vector<int>> plain{{"at first", {1, 2, 3}}};
};

// The state as words: allocates from the heap, as the caller's thread does.
std::string snapshot(const World& world, const State& state) {
  std::string text =
      fmt::format("{} {} {} {} {}", state.position.peek(), state.disk.end_of_content(),
                  world.steps(), world.history().events.size(), enabled(world));
  for (const auto& [name, numbers] : state.plain) {
    text += fmt::format(" {}: {}", name, fmt::join(numbers, ","));
  }
  return text;
}

}  // namespace

TEST_CASE("a reset takes everything back that fibers did") {
  State* state = nullptr;
  int builds = 0;
  Testbed testbed([&](World& world) {
    ++builds;
    State& s = world.make<State>(world);
    state = &s;
    world.spawn("A", [&world, &s] {
      std::string local(100, 'x');
      s.position += 1;
      s.plain["later"].assign(500, 7);
      s.plain.erase("at first");
      world.emit({.kind = sim::EventKind::kSubmitted});
      s.disk.write(0, sim::Payload::filled(std::byte{1}, 512));
      s.queue.wait();  // for good
      local += "y";
    });
    world.spawn("B", [&s] { s.disk.write(4096, sim::Payload::filled(std::byte{2}, 512)); });
  });
  const std::string start = snapshot(testbed.world(), *state);
  CHECK(start == "1 0 0 0 AB at first: 1,2,3");
  for (int round = 1; round <= 3; ++round) {
    const std::string_view schedule = std::string_view("ABABAB").substr(0, 2U * unsigned(round));
    run(testbed.world(), schedule);
    CHECK(snapshot(testbed.world(), *state) != start);
    testbed.reset();
    CHECK(snapshot(testbed.world(), *state) == start);
    CHECK(builds == (Arena::available() ? 1 : 1 + round));
  }
}

TEST_CASE("an image is as large as what was built; a rebuilt world has none") {
  Testbed testbed([](World& world) { world.make<std::vector<char>>(100'000); });
  if (Arena::available()) {
    CHECK(testbed.image_bytes() > 100'000);
    CHECK(testbed.image_bytes() < 110'000);
  } else {
    CHECK(testbed.image_bytes() == 0);
  }
}

TEST_CASE("fibers that were left suspended are cancelled, by a reset and at the end") {
  int destroyed = 0;  // outside of the world: never taken back
  struct Count {
    int& destroyed;
    ~Count() { ++destroyed; }
  };
  {
    Testbed testbed([&](World& world) {
      for (const char* name : {"A", "B"}) {
        world.spawn(name, [&] {
          const Count count{destroyed};
          world.yield();
        });
      }
    });
    run(testbed.world(), "A");
    testbed.reset();
    CHECK(destroyed == 1);
    run(testbed.world(), "ABB");
    CHECK(destroyed == 2);
  }
  CHECK(destroyed == 3);
}

TEST_CASE("why a world could not be built is told, though its memory is gone") {
  CHECK_THROWS_WITH_AS(
      Testbed([](World& world) {
        world.make<sim::Disk>(world, "disk");
        throw std::runtime_error("a text that is too long to lie in the exception itself");
      }),
      "building the scenario failed: a text that is too long to lie in the exception itself",
      sim::CodeFailed);
}

TEST_CASE("whatever is thrown while a world is built, it is told") {
  CHECK_THROWS_WITH_AS(Testbed([](World&) { throw 7; }),
                       "building the scenario failed: an exception that is not a std::exception",
                       sim::CodeFailed);
}

TEST_CASE("where memory runs out while a world is built, that is no mistake of its code") {
  CHECK_THROWS_AS(Testbed([](World& world) {
                    world.make<sim::Disk>(world, "disk");
                    throw std::bad_alloc();
                  }),
                  std::bad_alloc);
}

TEST_CASE("no I/O while the world is built") {
  const auto is_refused = [](const auto& something) {
    CHECK_THROWS_WITH_AS(
        Testbed([&](World& world) { something(world, world.make<sim::Disk>(world, "disk")); }),
        doctest::Contains("only a fiber can wait for I/O"), sim::CodeFailed);
  };
  is_refused([](World&, sim::Disk& disk) { disk.flush(); });
  is_refused([](World& world, sim::Disk&) { world.yield(); });
  is_refused([](World& world, sim::Disk&) { world.make<sim::WaitQueue>(world, "queue").wait(); });
}

TEST_CASE("testbeds do not share memory") {
  const auto build = [](World& world) {
    auto& x = world.make<sim::Shared<int>>(world, "x");
    world.spawn("A", [&x] { ++x; });
  };
  Testbed first(build), second(build);
  run(first.world(), "A");
  second.reset();
  CHECK(enabled(first.world()).empty());
  CHECK(enabled(second.world()) == "A");
}

TEST_CASE("many executions use no more memory than one") {
  if (!Arena::available()) return;
  Testbed testbed(
      [](World& world) { world.spawn("A", [] { ::operator delete(::operator new(1 << 20)); }); });
  for (int i = 0; i < 1000; ++i) {  // an arena holds far less than a gigabyte
    run(testbed.world(), "A");
    testbed.reset();
  }
}

}  // namespace simcheck::test
