// Shared values: what each operation does, and the footprint it leaves.

#include "sim/shared.hpp"

#include <doctest/doctest.h>

#include <functional>
#include <ostream>
#include <string>

#include "tests/sim/steps.hpp"

namespace simcheck::test {
namespace {

using sim::Shared;

struct Outcome {
  int value;
  Strings footprint;
  friend bool operator==(const Outcome&, const Outcome&) = default;
};

std::ostream& operator<<(std::ostream& out, const Outcome& outcome) {
  return out << fmt::format("{} {}", outcome.value, fmt::join(outcome.footprint, ", "));
}

// The value after an operation on a shared 5, and what the section touched.
Outcome after(const std::function<void(Shared<int>&)>& operation) {
  sim::World world;
  Shared<int> x(world, "x", 5);
  CHECK(footprint(world).empty());
  world.spawn("A", [&] { operation(x); });
  run(world, "A");
  return {x.peek(), footprint(world)};
}

const Strings kRead{"r x"}, kWrite{"w x"};

}  // namespace

TEST_CASE("reads") {
  CHECK(after([](auto& x) { CHECK(x.load() == 5); }) == Outcome{5, kRead});
  CHECK(after([](auto& x) { CHECK(x == 5); }) == Outcome{5, kRead});
  CHECK(after([](auto& x) { CHECK(x + x == 10); }) == Outcome{5, kRead});
  CHECK(after([](auto& x) { CHECK(!x.compare_exchange(4, 9)); }) == Outcome{5, kRead});
}

TEST_CASE("writes") {
  CHECK(after([](auto& x) { x.store(7); }) == Outcome{7, kWrite});
  CHECK(after([](auto& x) { x = 7; }) == Outcome{7, kWrite});
  CHECK(after([](auto& x) { x = 5; }) == Outcome{5, kWrite});
}

TEST_CASE("reads that also write are one write") {
  CHECK(after([](auto& x) { CHECK(x.exchange(7) == 5); }) == Outcome{7, kWrite});
  CHECK(after([](auto& x) { CHECK(x.compare_exchange(5, 9)); }) == Outcome{9, kWrite});
  CHECK(after([](auto& x) { CHECK(x.fetch_add(3) == 5); }) == Outcome{8, kWrite});
  CHECK(after([](auto& x) { CHECK((x += 3) == 8); }) == Outcome{8, kWrite});
  CHECK(after([](auto& x) { CHECK(++x == 6); }) == Outcome{6, kWrite});
  CHECK(after([](auto& x) { CHECK(x++ == 5); }) == Outcome{6, kWrite});
  CHECK(after([](auto& x) { x = x + 1; }) == Outcome{6, kWrite});
}

TEST_CASE("peeking touches nothing") {
  CHECK(after([](auto& x) { CHECK(x.peek() == 5); }) == Outcome{5, {}});
}

TEST_CASE("values need not be numbers, and start out empty") {
  sim::World world;
  Shared<std::string> text(world, "text");
  CHECK(text.peek().empty());
  world.spawn("A", [&] { text += "abc"; });
  run(world, "A");
  CHECK(text.peek() == "abc");
}

TEST_CASE("each value is an object of its own") {
  sim::World world;
  Shared<int> x(world, "x"), y(world, "y");
  CHECK(x.id() != y.id());
  world.spawn("A", [&] { x = y + 1; });
  CHECK(footprint_after(world, "A") == Strings{"r y", "w x"});
}

TEST_CASE("of a pointer, traces tell whether it is null, and states cannot be recognised by it") {
  sim::World world;
  const int pointed_at = 5;
  Shared<const int*> pointer(world, "pointer");
  world.spawn("A", [&] { pointer = &pointed_at; });
  run(world, "A");
  CHECK(*pointer.peek() == 5);
  sim::World hashed;
  hashed.hash_states();
  CHECK_THROWS_WITH_AS(
      Shared<const int*>(hashed, "pointer"),
      "the Shared pointer is a pointer, by which stateful cannot recognise states: "
      "share an index instead, or use dpor",
      std::logic_error);
}

TEST_CASE("one variable is assigned to another: read and written") {
  sim::World world;
  Shared<int> x(world, "x", 1), y(world, "y", 2);
  world.spawn("A", [&] { x = y; });
  CHECK(footprint_after(world, "A") == Strings{"r y", "w x"});
  CHECK(x.peek() == 2);
}

}  // namespace simcheck::test
