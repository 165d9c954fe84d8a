// Several threads: where they preempt each other, what their locks disable, and what that leaves in
// footprints. The fibers A, B, C are those of threads 0, 1, 2 unless a test says otherwise.
#include <doctest/doctest.h>

#include <functional>
#include <mutex>
#include <vector>

#include "tests/sim/steps.hpp"

namespace simcheck::test {
namespace {

using sim::CondVar;
using sim::Mutex;
using sim::Shared;
using sim::WaitQueue;
using sim::World;

void spawn(World& world, std::uint32_t thread, std::function<void()> body) {
  const auto letter = static_cast<char>('A' + world.fiber_count());
  world.spawn(std::string(1, letter), std::move(body), {.thread = sim::ThreadId{thread}});
}

std::size_t races(const World& world) { return world.history().races.size(); }

}  // namespace

TEST_CASE("with one thread a section is one transition, with two each access is") {
  for (const std::uint32_t threads : {1U, 2U}) {
    World world;
    Shared<int> x(world, "x"), y(world, "y");
    spawn(world, 0, [&] { x = y + 1; });
    if (threads == 2) spawn(world, 1, [] {});
    CHECK(footprint_after(world, "A") == (threads == 1 ? Strings{"r y", "w x"} : Strings{}));
    if (threads == 1) continue;
    CHECK(footprint_after(world, "A") == Strings{"r y"});
    CHECK(footprint_after(world, "A") == Strings{"w x"});
    CHECK(enabled(world) == "B");
  }
}

TEST_CASE("a thread's number does not matter, only how many have fibers") {
  World world;
  Shared<int> x(world, "x");
  spawn(world, 5, [&] { ++x; });
  CHECK(footprint_after(world, "A") == Strings{"w x"});
  CHECK(world.thread_count() == 1);
}

TEST_CASE("an increment of an ordinary variable can be lost, and is a data race") {
  World world;
  Shared<int> x(world, "x");
  for (const std::uint32_t thread : {0U, 1U}) spawn(world, thread, [&] { ++x; });
  run(world, "AABB");  // both have read
  CHECK(races(world) == 0);
  run(world, "AB");
  CHECK(x.peek() == 1);
  CHECK(races(world) == 1);
  CHECK(world.history().races.front().object == x.id());
}

TEST_CASE("an atomic addition is one access: none is lost") {
  World world;
  Shared<int> x(world, "x");
  for (const std::uint32_t thread : {0U, 1U}) spawn(world, thread, [&] { x.fetch_add(1); });
  run(world, "AB");
  CHECK(footprint_after(world, "A") == Strings{"w x"});
  CHECK(footprint_after(world, "B") == Strings{"w x"});
  CHECK(x.peek() == 2);
  CHECK(races(world) == 0);
}

TEST_CASE("a compare-exchange that fails is a read") {
  World world;
  Shared<int> x(world, "x");
  for (const std::uint32_t thread : {0U, 1U}) {
    spawn(world, thread, [&] { x.compare_exchange(0, 7); });
  }
  run(world, "AB");
  CHECK(footprint_after(world, "B") == Strings{"w x"});
  CHECK(footprint_after(world, "A") == Strings{"r x"});
}

TEST_CASE("who wants a mutex that is held cannot run; giving it back is a transition") {
  World world;
  Mutex mutex(world, "m");
  for (const std::uint32_t thread : {0U, 1U}) {
    spawn(world, thread, [&] {
      mutex.lock();
      mutex.unlock();
    });
  }
  run(world, "AB");
  CHECK(enabled(world) == "AB");
  CHECK(footprint_after(world, "A") == Strings{"take m"});
  CHECK(enabled(world) == "A");
  CHECK(letters(world, world.locked_out()) == "B");
  CHECK(footprint_after(world, "A") == Strings{"give m"});
  CHECK(footprint_after(world, "B") == Strings{"take m"});
  finish(world);
  CHECK(world.unfinished() == 0);
}

TEST_CASE("trying a mutex never waits: a read if it is held, else a write") {
  World world;
  Mutex mutex(world, "m");
  std::vector<bool> got;
  for (const std::uint32_t thread : {0U, 1U}) {
    spawn(world, thread, [&] { got.push_back(mutex.try_lock()); });
  }
  run(world, "AB");
  CHECK(footprint_after(world, "A") == Strings{"w m"});
  CHECK(enabled(world) == "B");
  CHECK(footprint_after(world, "B") == Strings{"r m"});
  CHECK(got == std::vector{true, false});
}

TEST_CASE("a mutex orders what is done under it") {
  World world;
  Mutex mutex(world, "m");
  Shared<int> x(world, "x");
  for (const std::uint32_t thread : {0U, 1U}) {
    spawn(world, thread, [&] {
      const std::lock_guard lock(mutex);
      ++x;
    });
  }
  finish(world);
  CHECK(x.peek() == 2);
  CHECK(races(world) == 0);
}

TEST_CASE("fibers of one thread take turns: a section ends before another begins") {
  World world;
  Shared<int> x(world, "x");
  spawn(world, 0, [&] { x = x + 1; });
  spawn(world, 0, [&] { x = x + 1; });
  spawn(world, 1, [] {});
  CHECK(enabled(world) == "ABC");
  CHECK(footprint_after(world, "A") == Strings{"take thread 0"});
  CHECK(enabled(world) == "AC");
  CHECK(footprint_after(world, "A") == Strings{"r x"});
  CHECK(footprint_after(world, "A") == Strings{"w x", "give thread 0"});
  CHECK(enabled(world) == "BC");
  finish(world);
  CHECK(x.peek() == 2);
  CHECK(races(world) == 0);  // one thread's accesses are in its program order
}

TEST_CASE("a coroutine wait gives the thread to its other fibers, a contended mutex does not") {
  World world;
  Mutex mutex(world, "m");
  spawn(world, 0, [&] {
    world.yield();
    mutex.lock();
  });
  spawn(world, 0, [] {});
  spawn(world, 1, [&] { mutex.lock(); });
  CHECK(footprint_after(world, "A") == Strings{"take+give thread 0"});
  CHECK(enabled(world) == "ABC");
  run(world, "CCA");  // C has the mutex for good
  CHECK(enabled(world) == "");
  CHECK(waits_for(world, "A") == "mutex m, which C holds");
  CHECK(waits_for(world, "B") == "its thread, which A stopped");
  world.cancel();
}

TEST_CASE("two mutexes taken in opposite orders: the deadlock names both") {
  World world;
  Mutex left(world, "left"), right(world, "right");
  spawn(world, 0, [&] {
    const std::scoped_lock lock(left);
    right.lock();
  });
  spawn(world, 1, [&] {
    const std::scoped_lock lock(right);
    left.lock();
  });
  run(world, "AABB");
  CHECK(enabled(world).empty());
  CHECK(waits_for(world, "A") == "mutex right, which B holds");
  CHECK(waits_for(world, "B") == "mutex left, which A holds");
  world.cancel();  // the guards give back what they hold, and nothing hangs
  CHECK(world.unfinished() == 0);
}

TEST_CASE("a wake-up that comes before the wait is not lost once the fiber is in the queue") {
  World world;
  Mutex mutex(world, "m");
  WaitQueue queue(world, "queue");
  bool woken = false;
  spawn(world, 0, [&] {
    const std::lock_guard lock(mutex);
    queue.wait(WaitQueue::Position::kBack, &mutex);
    woken = true;
  });
  spawn(world, 1, [&] { queue.wake_one(); });  // without the mutex, between entry and unlock
  run(world, "AAA");
  CHECK(footprint_after(world, "BB") == Strings{"w queue", "a enabling"});
  finish(world);
  CHECK(woken);
  CHECK(races(world) == 1);  // on the queue, which is ordinary data
}

// Whose it is, is asked when it is given back: others come between the call and that.
TEST_CASE("a mutex is given back by the thread that holds it, or an exception says so") {
  const auto exceptions = [](std::string_view before) {
    World world;
    Mutex mutex(world, "m");
    spawn(world, 0, [&] {
      mutex.lock();
      mutex.unlock();
    });
    spawn(world, 1, [&] { mutex.unlock(); });
    run(world, std::string(before));
    finish(world);
    const auto all = world.history().exceptions;
    return std::vector<std::string>(all.begin(), all.end());
  };
  const std::string by_another =
      "mutex m is unlocked by another thread than that of A, which holds it";
  CHECK(exceptions("AABB") == std::vector<std::string>{by_another});
  CHECK(exceptions("BAAB") == std::vector<std::string>{by_another});
  CHECK(exceptions("BB") == std::vector<std::string>{"mutex m is unlocked while nobody holds it"});
}

TEST_CASE("another fiber of the same thread may give a mutex back") {
  World world;
  Mutex mutex(world, "m");
  spawn(world, 0, [&] { mutex.lock(); });
  spawn(world, 0, [&] { mutex.unlock(); });
  spawn(world, 1, [&] {
    mutex.lock();
    mutex.unlock();
  });
  run(world, "AA");
  finish(world);
  CHECK(world.history().exceptions.empty());
  CHECK(world.unfinished() == 0);
}

TEST_CASE("a notification before the wait is lost; one after the entry is not") {
  for (const std::string before : {"BB", "AAABB"}) {
    World world;
    Mutex mutex(world, "m");
    CondVar changed(world, "changed");
    spawn(world, 0, [&] {
      const std::lock_guard lock(mutex);
      changed.wait(mutex);
    });
    spawn(world, 1, [&] { changed.notify_one(); });
    run(world, before);
    finish(world);
    CHECK((world.unfinished() == 0) == (before == "AAABB"));
    CHECK(waits_for(world, "A") == (before == "BB" ? "condition variable changed" : "nothing"));
    CHECK(races(world) == 0);
    world.cancel();
  }
}

TEST_CASE("a condition variable stops its own thread, and another thread can end that") {
  World world;
  Mutex mutex(world, "m");
  CondVar changed(world, "changed");
  spawn(world, 0, [&] {
    const std::lock_guard lock(mutex);
    changed.wait(mutex);
  });
  spawn(world, 0, [] {});
  spawn(world, 1, [&] { changed.notify_all(); });
  run(world, "AAAA");  // takes its thread, the mutex, enters, waits
  CHECK(enabled(world) == "C");
  finish(world);
  CHECK(world.unfinished() == 0);
}

TEST_CASE("what is done before a wake-up happens before what follows the wait") {
  World world;
  Shared<int> x(world, "x");
  WaitQueue queue(world, "queue");
  Mutex mutex(world, "m");
  spawn(world, 0, [&] {
    mutex.lock();
    queue.wait(WaitQueue::Position::kBack, &mutex);
    mutex.unlock();
    x = 1;
  });
  spawn(world, 1, [&] {
    x = 2;
    const std::lock_guard lock(mutex);
    queue.wake_one();
  });
  finish(world);
  CHECK(world.unfinished() == 0);
  CHECK(races(world) == 0);
}

TEST_CASE("cancelled before a guard's unlock: the destructor ends, the next wait throws") {
  World world;
  Mutex mutex(world, "m");
  Shared<int> x(world, "x");
  bool went_on = false;
  spawn(world, 0, [&] {
    { const std::lock_guard lock(mutex); }
    x = 1;
    went_on = true;
  });
  spawn(world, 1, [] {});
  run(world, "AA");  // holds the mutex, is about to give it back
  world.cancel();
  CHECK(!went_on);
  CHECK((world.unfinished() & sim::bit_of(fiber_of('A'))) == 0);
}

}  // namespace simcheck::test
