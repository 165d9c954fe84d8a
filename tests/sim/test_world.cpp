// A World: which transitions it offers, and what each of them touches.

#include "sim/world.hpp"

#include <doctest/doctest.h>

#include <set>
#include <string>
#include <vector>

#include "tests/sim/exit_status.hpp"
#include "tests/sim/steps.hpp"

namespace simcheck::test {

using sim::EventKind;
using sim::World;

TEST_CASE("fibers are enabled from the start to their end, one transition each") {
  World world;
  std::string story;
  for (const char letter : std::string("ABC")) {
    const auto id = world.spawn(std::string(1, letter), [&, letter] {
      CHECK(world.current() == fiber_of(letter));
      story += letter;
      if (letter == 'B') world.yield();
      story += static_cast<char>(letter + ('a' - 'A'));
    });
    CHECK(id == fiber_of(letter));
  }
  CHECK(enabled(world) == "ABC");
  CHECK(world.fiber_count() == 3);
  CHECK(world.fiber_name(fiber_of('B')) == "B");
  CHECK(footprint_after(world, "B").empty());
  CHECK(enabled(world) == "ABC");
  run(world, "C");
  CHECK(enabled(world) == "AB");
  run(world, "BA");
  CHECK(enabled(world).empty());
  CHECK(world.unfinished() == 0);
  CHECK(story == "BCcbAa");
  CHECK(world.steps() == 4);
}

TEST_CASE("a fiber in flight has one transition, the effect; then another, its resumption") {
  World world;
  sim::Disk disk(world, "disk");
  sim::WaitQueue queue(world, "queue");
  world.spawn("A", [&] { disk.flush(); });
  world.spawn("B", [&] { queue.wait(); });
  run(world, "AB");
  CHECK(enabled(world) == "A");
  CHECK(letters(world, world.in_flight()) == "A");
  run(world, "A");
  CHECK(enabled(world) == "A");
  CHECK(world.in_flight() == 0);
  run(world, "A");
  CHECK(enabled(world).empty());
  CHECK(letters(world, world.unfinished()) == "B");
  world.cancel();
}

TEST_CASE("a world holds 64 fibers") {
  World world;
  int ended = 0;
  for (std::uint32_t f = 0; f < sim::kFibersMax; ++f) {
    world.spawn("", [&] {
      world.yield();
      ++ended;
    });
  }
  CHECK(world.enabled() == ~sim::FiberSet{0});
  for (std::uint32_t f = sim::kFibersMax; f-- > 0;) world.run(sim::FiberId{f});
  finish(world);
  CHECK(ended == 64);
}

TEST_CASE("programmer errors stop the program") {
  World world;
  world.spawn("A", [&] { world.yield(); });
  CHECK(exit_status_of([&] { run(world, "A"); }) == 0);
  CHECK(exit_status_of([&] { run(world, "AAA"); }) == kAssertionStatus);  // has ended
  CHECK(exit_status_of([&] {
          run(world, "A");
          world.spawn("too late", [] {});
        }) == kAssertionStatus);
  CHECK(exit_status_of([&] {
          for (int i = 0; i < 64; ++i) world.spawn("too many", [] {});
        }) == kAssertionStatus);
}

TEST_CASE("what must be there before fibers run cannot be made by one") {
  World world;
  world.spawn("A", [&] { const sim::WaitQueue queue(world, "queue"); });
  world.spawn("B", [&] { const sim::Disk disk(world, "disk"); });
  world.spawn("C", [&] { const sim::Mutex mutex(world, "mutex"); });
  world.spawn("D", [&] { const sim::CondVar condition(world, "condition"); });
  CHECK(exit_status_of([&] { run(world, "A"); }) == 0);
  for (const char* const fiber : {"B", "C", "D"})
    CHECK(exit_status_of([&] { run(world, fiber); }) == kAssertionStatus);
}

TEST_CASE("objects that fibers make have numbers that do not depend on who comes first") {
  const auto numbers_after = [](const std::string& order) {
    World world;
    const auto first = world.add_object("first");
    std::vector<sim::ObjectId> made(6);
    for (std::size_t f = 0; f < 2; ++f) {
      world.spawn(std::string(1, static_cast<char>('A' + f)), [&world, &made, f] {
        made[f] = world.add_object("mine");
        world.yield();
        made[2 + f] = world.add_object(f == 0 ? "A's second" : "B's second");
      });
    }
    run(world, order);
    CHECK(world.object_name(first) == "first");
    CHECK(world.object_name(made[2]) == "A's second");
    CHECK(world.object_name(made[3]) == "B's second");
    CHECK(std::set<sim::ObjectId>(made.begin(), made.begin() + 4).size() == 4);
    return made;
  };
  const auto numbers = numbers_after("AABB");
  for (const char* const order : {"BBAA", "ABAB", "BAAB"}) CHECK(numbers_after(order) == numbers);
}

TEST_CASE(
    "a footprint names each access once, the strongest mode, and only the last transition's") {
  World world;
  const auto x = world.add_object("x"), y = world.add_object("y");
  using Mode = sim::AccessMode;
  world.spawn("A", [&] {
    world.touch(y, Mode::kRead);
    world.touch(x, Mode::kRead, 0, 8);
    world.touch(y, Mode::kRead);
    world.touch(x, Mode::kWrite, 0, 8);
    world.touch(x, Mode::kRead, 8, 16);
    world.yield();
    world.touch(x, Mode::kAdd);
    world.touch(x, Mode::kAdd);
    world.yield();
    world.touch(x, Mode::kAdd);
    world.touch(x, Mode::kRead);
  });
  CHECK(footprint_after(world, "A") == Strings{"r y", "w x 0..8", "r x 8..16"});
  CHECK(footprint_after(world, "A") == Strings{"a x"});
  CHECK(footprint_after(world, "A") == Strings{"w x"});
}

TEST_CASE("fibers that start after a latch wait for its last count") {
  World world;
  sim::Latch stage(world, 2);
  bool opened = false;
  for (const char* name : {"A", "B"}) {
    world.spawn(name, [&] {
      world.yield();
      stage.count_down();
      opened = stage.peek();
    });
  }
  for (const char* name : {"C", "D"}) world.spawn(name, [] {}, {.starts_after = &stage});
  CHECK(enabled(world) == "AB");
  CHECK(footprint_after(world, "BB") == Strings{"a enabling"});
  CHECK(!opened);
  CHECK(enabled(world) == "A");
  CHECK(footprint_after(world, "AA") == Strings{"a enabling"});
  CHECK(opened);
  CHECK(enabled(world) == "CD");
  CHECK(footprint_after(world, "D") == Strings{"r enabling"});
  CHECK(footprint_after(world, "C") == Strings{"r enabling"});
  CHECK(exit_status_of([&] { stage.count_down(); }) == kAssertionStatus);
}

TEST_CASE("of two ordered fibers the later has its transition after the earlier") {
  World world;
  sim::Disk disk(world, "disk");
  for (const char* name : {"A", "B"}) {
    world.spawn(name, [&] {
      disk.flush();
      disk.flush();
    });
  }
  world.order({{fiber_of('A'), 3}, {fiber_of('B'), 3}});
  run(world, "BB");  // submitted, took effect
  CHECK(enabled(world) == "A");
  CHECK(letters(world, world.ordered_back()) == "B");
  run(world, "AA");
  CHECK(enabled(world) == "A");
  CHECK(footprint_after(world, "A") == Strings{"a enabling"});
  CHECK(enabled(world) == "AB");
  CHECK(world.ordered_back() == 0);
  CHECK(footprint_after(world, "B") == Strings{"r enabling"});
  run(world, "BB");  // later ones are not ordered
  CHECK(letters(world, world.unfinished()) == "A");
  finish(world);
}

TEST_CASE("an earlier fiber that ends before its transition holds nobody back") {
  World world;
  world.spawn("A", [] {});
  world.spawn("B", [&] { world.yield(); });
  world.order({{fiber_of('A'), 2}, {fiber_of('B'), 2}, true});
  SUBCASE("before") {
    run(world, "AB");
    CHECK(enabled(world) == "B");
  }
  SUBCASE("after") {
    run(world, "B");
    CHECK(enabled(world) == "A");
    run(world, "A");
    CHECK(enabled(world) == "B");
  }
  run(world, "B");
}

TEST_CASE("made objects live as long as the world, and go in reverse order") {
  std::string gone;
  struct Note {
    Note(std::string& story, char letter) : gone(story), name(letter) {}
    std::string& gone;
    char name;
    ~Note() { gone += name; }
  };
  {
    World world;
    world.make<Note>(gone, 'a');
    world.make<Note>(gone, 'b');
    CHECK(gone.empty());
  }
  CHECK(gone == "ba");
}

TEST_CASE("stuck fibers say what they wait for") {
  World world;
  sim::WaitQueue queue(world, "updates");
  sim::Latch never(world, 1);
  world.spawn("ends", [] {});
  world.spawn("waits", [&] { queue.wait(); });
  world.spawn("later", [] {}, {.starts_after = &never});
  finish(world);
  const auto stuck = world.stuck_fibers();
  REQUIRE(stuck.size() == 2);
  CHECK(stuck[0].fiber == "waits");
  CHECK(stuck[0].waits_for == "queue updates");
  CHECK(stuck[1].fiber == "later");
  CHECK(stuck[1].waits_for == "the requests of the stage before it");
  world.cancel();
}

}  // namespace simcheck::test
