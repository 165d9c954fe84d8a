// Ends of fibers: exceptions that leave one, and the cancellation of what is left suspended.

#include <doctest/doctest.h>

#include <functional>
#include <mutex>
#include <stdexcept>
#include <string>

#include "tests/sim/at_exit.hpp"
#include "tests/sim/steps.hpp"

namespace simcheck::test {
namespace {

using sim::World;

Strings exceptions(const World& world) {
  const sim::History history = world.history();
  return {history.exceptions.begin(), history.exceptions.end()};
}

}  // namespace

TEST_CASE("an exception that leaves a fiber ends it and is told with its text") {
  World world;
  const auto request = world.add_request({.kind = sim::IoKind::kFlush});
  world.spawn("A",
              [&] {
                world.yield();
                throw std::runtime_error("out of sectors");
              },
              {.request = request});
  world.spawn("B", [&] { world.yield(); });
  run(world, "AA");
  const sim::History history = world.history();
  REQUIRE(history.events.size() == 1);
  CHECK(history.events[0].kind == sim::EventKind::kException);
  CHECK(history.events[0].request == request);
  CHECK(history.events[0].step == 1);
  CHECK(exceptions(world) == Strings{"out of sectors"});
  CHECK(letters(world, world.unfinished()) == "B");
  run(world, "BB");
  CHECK(world.unfinished() == 0);
}

TEST_CASE("an exception that is no std::exception is told as that") {
  World world;
  world.spawn("A", [] { throw 42; });
  run(world, "A");
  CHECK(exceptions(world) == Strings{"an exception that is not a std::exception"});
}

TEST_CASE("destructors of an exception may do I/O: the world goes on meanwhile") {
  World world;
  sim::Disk disk(world, "disk");
  std::string caught;
  world.spawn("A", [&] {
    try {
      const AtExit undo{[&] { disk.write(0, sim::Payload::filled(std::byte{7}, 512)); }};
      throw std::runtime_error("A's");
    } catch (const std::exception& error) {
      caught = error.what();
    }
  });
  world.spawn("B", [&] {
    try {
      throw std::runtime_error("B's");
    } catch (const std::exception& error) {
      disk.flush();
      caught += error.what();
    }
  });
  run(world, "ABABAB");
  CHECK(caught == "A'sB's");
  CHECK(sim::is_filled(disk, 0, 512, std::byte{7}));
}

TEST_CASE("cancellation runs the destructors of every fiber that has started, and no other") {
  World world;
  sim::Disk disk(world, "disk");
  sim::WaitQueue queue(world, "queue");
  std::string destroyed;
  const auto spawn = [&](const char* name, std::function<void()> block) {
    world.spawn(name, [&destroyed, name, block] {
      const AtExit note{[&] { destroyed += name; }};
      block();
    });
  };
  spawn("A", [&] { world.yield(); });
  spawn("B", [&] { queue.wait(); });
  spawn("C", [&] { disk.flush(); });
  spawn("D", [] {});
  spawn("E", [] {});
  run(world, "ABCD");  // E never starts
  CHECK(destroyed == "D");
  world.cancel();
  CHECK(destroyed == "DABC");
  CHECK(exceptions(world).empty());
}

TEST_CASE("cancellation reaches a fiber inside its catch block") {
  World world;
  bool destroyed = false;
  world.spawn("A", [&] {
    try {
      throw std::runtime_error("text");
    } catch (const std::exception&) {
      const AtExit note{[&] { destroyed = true; }};
      world.yield();
      CHECK(false);  // never gets here
    }
  });
  run(world, "A");
  world.cancel();
  CHECK(destroyed);
}

TEST_CASE("code that swallows the cancellation meets it again at its next call") {
  World world;
  int swallowed = 0;
  world.spawn("A", [&] {
    for (int i = 0; i < 3; ++i) {
      try {
        world.yield();
      } catch (...) {
        ++swallowed;
      }
    }
  });
  run(world, "A");
  world.cancel();
  CHECK(swallowed == 3);
  CHECK(world.unfinished() == 0);
}

TEST_CASE("I/O of destructors during cancellation returns at once and changes nothing") {
  World world;
  sim::Disk disk(world, "disk");
  std::string story;
  world.spawn("A", [&] {
    const AtExit clean_up{[&] {
      std::byte byte{9};
      disk.write(0, sim::Payload::filled(std::byte{1}, 512));
      disk.write_zeroes(0, 512);
      disk.discard(0, 512);
      disk.flush();
      disk.read(0, {&byte, 1});
      world.yield();
      story += "cleaned up";
    }};
    world.yield();
  });
  run(world, "A");
  world.cancel();
  CHECK(story == "cleaned up");
  CHECK(disk.end_of_content() == 0);
}

TEST_CASE("a write in flight when it is cancelled makes nothing durable") {
  World world;
  sim::Disk disk(world, "disk");
  world.spawn("A", [&] { disk.write(0, sim::Payload::filled(std::byte{1}, 512)); });
  world.spawn("B", [&] {
    const AtExit clean_up{[&] {
      disk.write(4096, sim::Payload::filled(std::byte{1}, 512), {.fua = true});
      disk.flush();
    }};
    world.yield();
  });
  run(world, "AAB");
  world.cancel();
  CHECK(!disk.is_durable(0, 512));
}

TEST_CASE("a lock held across a yield is given back by cancellation") {
  World world;
  sim::Mutex mutex(world, "mutex");
  world.spawn("A", [&] {
    const std::lock_guard lock(mutex);
    world.yield();
  });
  run(world, "A");
  world.cancel();
  CHECK(world.unfinished() == 0);
}

// The wait gave the lock up and never got it back, yet the guard's destructor releases it.
TEST_CASE("a guard around a wait survives cancellation, whoever holds the lock by then") {
  World world;
  sim::Mutex mutex(world, "mutex");
  sim::WaitQueue queue(world, "queue");
  sim::CondVar changed(world, "changed");
  world.spawn("A", [&] {
    const std::lock_guard lock(mutex);
    queue.wait(sim::WaitQueue::Position::kBack, &mutex);
  });
  world.spawn("B", [&] {
    const std::lock_guard lock(mutex);
    world.yield();
  });
  world.spawn("C", [&] {
    const std::lock_guard lock(mutex);
    changed.wait(mutex);
  });
  SUBCASE("nobody") { run(world, "A"); }
  SUBCASE("another fiber") { run(world, "AB"); }
  SUBCASE("a thread's wait") { run(world, "AC"); }
  world.cancel();
  CHECK(letters(world, world.unfinished()).find('A') == std::string::npos);
}

TEST_CASE("destructors that lock during cancellation do not wait") {
  World world;
  sim::Mutex mutex(world, "mutex");
  sim::WaitQueue queue(world, "queue");
  world.spawn("A", [&] {
    const AtExit clean_up{[&] {
      const std::lock_guard lock(mutex);
      queue.wake_all();
    }};
    world.yield();
  });
  world.spawn("B", [&] {
    const std::lock_guard lock(mutex);
    world.yield();
  });
  run(world, "AB");
  world.cancel();  // A goes first, while B holds the lock
  CHECK(world.unfinished() == 0);
}

// A waits, and has given the mutex back; C is about to give it back, in the same thread.
TEST_CASE("a cancelled guard gives back no lock that another fiber holds") {
  for (const char* const steps :
       {"A", "AC", "ACC", "ACCC", "ACCCC", "AACCC", "AAACCC", "AAAACCC"}) {
    CAPTURE(steps);
    World world;
    sim::Mutex mutex(world, "m");
    sim::WaitQueue queue(world, "q");
    world.spawn("A", [&] {
      const std::lock_guard guard(mutex);
      queue.wait(sim::WaitQueue::Position::kBack, &mutex);
    });
    world.spawn("B", [&] { world.yield(); }, {.thread = sim::ThreadId{1}});
    world.spawn("C", [&] { const std::lock_guard guard(mutex); });
    for (const char* step = steps; *step != 0; ++step) {
      const sim::FiberId fiber{static_cast<std::uint32_t>(*step - 'A')};
      if (contains(world.enabled(), fiber)) world.run(fiber);
    }
    world.cancel();
    CHECK(exceptions(world).empty());
  }
}

}  // namespace simcheck::test
