// Waiting for one another: who stops, who is woken, in which order, and the footprints of it.

#include "sim/sync.hpp"

#include <doctest/doctest.h>

#include <mutex>
#include <string>
#include <string_view>

#include "tests/sim/exit_status.hpp"
#include "tests/sim/steps.hpp"

namespace simcheck::test {

using sim::CondVar;
using sim::Mutex;
using sim::WaitQueue;
using sim::World;
using Position = sim::WaitQueue::Position;

namespace {}  // namespace

TEST_CASE("a lock taken and given back within a section is a read: of one held over sections") {
  World world;
  Mutex mutex(world, "mutex");
  world.spawn("A", [&] {
    mutex.lock();
    mutex.unlock();
    CHECK(mutex.try_lock());
    mutex.unlock();
  });
  CHECK(footprint_after(world, "A") == Strings{"r thread 0", "r mutex"});
}

TEST_CASE("a lock held across a yield is in the footprint of each section it is held in") {
  World world;
  Mutex mutex(world, "mutex");
  world.spawn("A", [&] {
    mutex.lock();
    world.yield();
    world.yield();
    mutex.unlock();
    world.yield();
  });
  world.spawn("B", [&] { world.yield(); });
  const Strings held{"r thread 0", "w mutex"};
  CHECK(footprint_after(world, "A") == held);
  CHECK(footprint_after(world, "B") == Strings{"r thread 0"});  // it is A who holds it
  CHECK(footprint_after(world, "A") == held);
  CHECK(footprint_after(world, "A") == held);  // gives it back
  CHECK(footprint_after(world, "A") == Strings{"r thread 0"});
}

TEST_CASE("a failed try_lock is a read") {
  World world;
  Mutex mutex(world, "mutex");
  bool locked = true;
  world.spawn("A", [&] {
    mutex.lock();
    world.yield();
    mutex.unlock();
  });
  world.spawn("B", [&] { locked = mutex.try_lock(); });
  CHECK(footprint_after(world, "AB") == Strings{"r thread 0", "r mutex"});
  CHECK(!locked);
  finish(world);
}

TEST_CASE("locking what another fiber of the thread holds stops the thread for good") {
  World world;
  Mutex mutex(world, "mutex");
  sim::Disk disk(world, "disk");
  world.spawn("A", [&] {
    const std::lock_guard lock(mutex);
    disk.flush();
  });
  world.spawn("B", [&] { const std::lock_guard lock(mutex); });
  world.spawn("C", [] {});
  CHECK(footprint_after(world, "AB") == Strings{"w thread 0", "w mutex"});
  CHECK(enabled(world) == "A");  // its request is the disk's affair
  CHECK(letters(world, world.stopped_by_thread()) == "C");
  run(world, "A");
  CHECK(enabled(world).empty());
  CHECK(letters(world, world.stopped_by_thread()) == "AC");
  CHECK(waits_for(world, "A") == "its thread, which B stopped");
  CHECK(waits_for(world, "B") == "mutex mutex, which A holds");
  CHECK(waits_for(world, "C") == "its thread, which B stopped");
  world.cancel();
}

TEST_CASE("locking twice is a deadlock too, unlocking twice an exception") {
  World world;
  Mutex mutex(world, "mutex");
  world.spawn("A", [&] {
    mutex.lock();
    mutex.lock();
  });
  finish(world);
  CHECK(waits_for(world, "A") == "mutex mutex, which it holds itself");
  world.cancel();
  World other;
  Mutex once(other, "once");
  other.spawn("A", [&] {
    once.lock();
    once.unlock();
    once.unlock();
  });
  finish(other);
  REQUIRE(other.history().exceptions.size() == 1);
  CHECK(other.history().exceptions[0] == "mutex once is unlocked while nobody holds it");
}

TEST_CASE("a queue wakes in order of arrival, those at the front first") {
  World world;
  WaitQueue queue(world, "queue");
  std::string resumed;
  const auto spawn = [&](char name, Position position) {
    world.spawn(std::string(1, name), [&, name, position] {
      queue.wait(position);
      resumed += name;
    });
  };
  spawn('A', Position::kBack);
  spawn('B', Position::kBack);
  spawn('C', Position::kFront);
  world.spawn("D", [&] {
    CHECK(!queue.empty());
    for (int i = 0; i < 3; ++i) {
      CHECK(queue.wake_one());
      world.yield();
    }
    CHECK(queue.empty());
    CHECK(!queue.wake_one());
  });
  run(world, "ABC");
  for (const char* woken : {"CD", "AD", "BD"}) {
    run(world, "D");
    CHECK(enabled(world) == woken);
    run(world, std::string_view(woken).substr(0, 1));
  }
  run(world, "D");
  CHECK(resumed == "CAB");
}

TEST_CASE("wake_all makes everybody ready; they run in any order") {
  World world;
  WaitQueue queue(world, "queue");
  for (const char* name : {"A", "B", "C"}) world.spawn(name, [&] { queue.wait(); });
  world.spawn("D", [&] { queue.wake_all(); });
  run(world, "ABCD");
  CHECK(enabled(world) == "ABC");
  run(world, "BCA");
  CHECK(world.unfinished() == 0);
}

TEST_CASE("the woken fiber runs as a transition of its own: others may come first") {
  World world;
  WaitQueue queue(world, "queue");
  bool slot_taken = false, slot_free_when_woken = true;
  world.spawn("A", [&] {
    queue.wait();
    slot_free_when_woken = !slot_taken;
  });
  world.spawn("B", [&] { queue.wake_one(); });
  world.spawn("C", [&] { slot_taken = true; });
  run(world, "ABCA");
  CHECK(!slot_free_when_woken);
}

TEST_CASE("footprints of a queue") {
  World world;
  WaitQueue queue(world, "queue");
  world.spawn("A", [&] {
    queue.wait();
    world.yield();
  });
  world.spawn("B", [&] {
    static_cast<void>(queue.empty());
    world.yield();
    queue.wake_one();
    world.yield();
    queue.wake_one();
  });
  CHECK(footprint_after(world, "B") == Strings{"r queue"});
  CHECK(footprint_after(world, "A") == Strings{"w queue"});
  CHECK(footprint_after(world, "B") == Strings{"w queue", "a enabling"});
  CHECK(footprint_after(world, "B") == Strings{"w queue"});  // nobody there
  CHECK(footprint_after(world, "A") == Strings{"r enabling"});
  CHECK(footprint_after(world, "A").empty());
}

TEST_CASE("a queue's wait releases the mutex and takes it again") {
  World world;
  Mutex mutex(world, "mutex");
  WaitQueue queue(world, "queue");
  bool held_again = false;
  world.spawn("A", [&] {
    const std::lock_guard lock(mutex);
    queue.wait(Position::kBack, &mutex);
    held_again = !mutex.try_lock();
  });
  world.spawn("B", [&] {
    const std::lock_guard lock(mutex);
    queue.wake_one();
  });
  CHECK(footprint_after(world, "A") == Strings{"r thread 0", "w queue", "r mutex"});
  CHECK(footprint_after(world, "B") == Strings{"r thread 0", "w queue", "a enabling", "r mutex"});
  CHECK(footprint_after(world, "A") == Strings{"r thread 0", "r enabling", "r mutex"});
  CHECK(held_again);
}

TEST_CASE("a fiber that is woken while the mutex is taken stops the thread") {
  World world;
  Mutex mutex(world, "mutex");
  WaitQueue queue(world, "queue");
  world.spawn("A", [&] {
    const std::lock_guard lock(mutex);
    queue.wait(Position::kBack, &mutex);
  });
  world.spawn("B", [&] {
    const std::lock_guard lock(mutex);
    queue.wake_one();
    world.yield();
  });
  run(world, "ABA");
  CHECK(enabled(world).empty());
  CHECK(waits_for(world, "A") == "mutex mutex, which B holds");
  world.cancel();
}

TEST_CASE("a condition variable's wait stops the thread, mutex released") {
  World world;
  Mutex mutex(world, "mutex");
  CondVar changed(world, "changed");
  sim::Disk disk(world, "disk");
  world.spawn("A", [&] {
    mutex.lock();
    changed.wait(mutex);
  });
  world.spawn("B", [&] { disk.flush(); });
  CHECK(footprint_after(world, "BA") == Strings{"w thread 0", "w changed", "r mutex"});
  CHECK(enabled(world) == "B");
  run(world, "B");
  CHECK(enabled(world).empty());
  CHECK(waits_for(world, "A") == "condition variable changed");
  CHECK(waits_for(world, "B") == "its thread, which A stopped");
  world.cancel();
}

TEST_CASE("notifying nobody is remembered by nobody, but is a write") {
  World world;
  CondVar changed(world, "changed");
  world.spawn("A", [&] { changed.notify_one(); });
  world.spawn("B", [&] { changed.notify_all(); });
  const Strings write{"r thread 0", "w changed"};
  CHECK(footprint_after(world, "A") == write);
  CHECK(footprint_after(world, "B") == write);
}

TEST_CASE("without mutexes and condition variables no section reads its thread") {
  World world;
  CHECK(!world.thread_object());
  const WaitQueue queue(world, "queue");
  CHECK(!world.thread_object());
  const Mutex mutex(world, "mutex");
  REQUIRE(world.thread_object());
  CHECK(world.object_name(*world.thread_object()) == "thread 0");
}

TEST_CASE("a guard whose mutex was given back by hand is told while an exception destroys it") {
  for (const std::uint32_t threads : {1U, 2U}) {
    World world;
    Mutex mutex(world, "m");
    world.spawn("A", [&] {
      const std::lock_guard guard(mutex);
      mutex.unlock();
      throw std::runtime_error("after that");
    });
    if (threads == 2) world.spawn("B", [] {}, {.thread = sim::ThreadId{1}});
    finish(world);
    const auto all = world.history().exceptions;
    CHECK(std::vector<std::string>(all.begin(), all.end()) ==
          std::vector<std::string>{"mutex m is unlocked while nobody holds it", "after that"});
  }
}

}  // namespace simcheck::test
