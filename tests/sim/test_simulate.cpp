// Simulations: the same seed, the same run; latencies as ordered; only enabled fibers run.

#include "sim/simulate.hpp"

#include <doctest/doctest.h>

#include <functional>
#include <set>
#include <string>

#include "sim/testbed.hpp"
#include "tests/sim/steps.hpp"
#include "tests/support/rapidcheck.hpp"

namespace simcheck::test {
namespace {

using sim::Ending;
using sim::FiberId;
using sim::LatencyModel;
using sim::Payload;
using sim::SimulationResult;

// Every transition takes exactly so long.
LatencyModel exactly(std::uint64_t effect_ns, std::uint64_t completion_ns,
                     std::uint64_t resume_ns) {
  using sim::Latency;
  return {.effect = Latency::constant(effect_ns),
          .log_effect = Latency::constant(effect_ns),
          .completion = Latency::constant(completion_ns),
          .resume = Latency::constant(resume_ns)};
}

std::string word(const SimulationResult& result) {
  std::string text;
  for (const FiberId fiber : result.schedule) text += static_cast<char>('A' + index_of(fiber));
  return text;
}

// Three fibers that write the same sector, twice each.
void build_overlapping(sim::World& world) {
  auto& disk = world.make<sim::Disk>(world, "disk");
  for (const char letter : std::string("ABC")) {
    world.spawn(std::string(1, letter), [&disk, letter] {
      for (int i = 0; i < 2; ++i) {
        disk.write(0, Payload::filled(static_cast<std::byte>(letter), 512));
      }
    });
  }
}

SimulationResult simulate_overlapping(std::uint64_t seed) {
  sim::World world;
  build_overlapping(world);
  return sim::simulate(world, {.seed = seed});
}

}  // namespace

TEST_CASE("one seed, one run") {
  const SimulationResult a = simulate_overlapping(7), b = simulate_overlapping(7);
  CHECK(a.schedule == b.schedule);
  CHECK(a.end == b.end);
  CHECK(a.steps() == 15);  // each fiber: a section, then twice an effect and a section
  CHECK(a.ending == Ending::kFinished);
}

TEST_CASE("other seeds, other orders") {
  std::set<std::string> orders;
  for (std::uint64_t seed = 0; seed < 20; ++seed) orders.insert(word(simulate_overlapping(seed)));
  CHECK(orders.size() > 15);
}

TEST_CASE("a world that was reset gives the same run again") {
  sim::Testbed testbed(build_overlapping);
  const SimulationResult first = sim::simulate(testbed.world(), {.seed = 3});
  testbed.reset();
  const SimulationResult again = sim::simulate(testbed.world(), {.seed = 3});
  CHECK(word(first) == word(again));
  CHECK(word(first) == word(simulate_overlapping(3)));
}

TEST_CASE("latencies add up along a fiber") {
  sim::World world;
  sim::Disk disk(world, "disk");
  world.spawn("A", [&] {  // resume
    disk.flush();         // effect, completion
    world.yield();        // resume
    disk.flush();         // effect, completion
  });
  const auto result = sim::simulate(world, {.latency = exactly(1000, 100, 1)});
  CHECK(result.end.ns == 2 * 1000 + 2 * 100 + 2 * 1);
  CHECK(word(result) == "AAAAAA");
}

TEST_CASE("fibers overlap in time, and equal moments keep their order") {
  sim::World world;
  sim::Disk disk(world, "disk");
  for (const char* name : {"A", "B"}) world.spawn(name, [&] { disk.flush(); });
  const auto result = sim::simulate(world, {.latency = exactly(1000, 100, 1)});
  CHECK(result.end.ns == 1101);
  CHECK(word(result) == "ABABAB");
}

TEST_CASE("mean latencies are the middle of their ranges") {
  constexpr int kRequests = 2'000;
  sim::World world;
  sim::Disk disk(world, "disk");
  world.spawn("A", [&] {
    for (int i = 0; i < kRequests; ++i) disk.flush();
  });
  const LatencyModel latency = {.effect = sim::Latency::uniform(1'000, 3'000),
                                .completion = sim::Latency::uniform(100, 300),
                                .resume = sim::Latency::constant(0)};
  const auto result = sim::simulate(world, {.seed = 1, .latency = latency});
  const double mean = static_cast<double>(result.end.ns) / kRequests;
  CHECK(mean == doctest::Approx(2'200).epsilon(0.03));
}

TEST_CASE("the log and flushes have latencies of their own") {
  const auto end_of = [](const std::function<void(sim::Disk & data, sim::Disk & log)>& body) {
    sim::World world;
    sim::Disk data(world, "data"), log(world, "log");
    world.show_devices(&data, &log, 512);
    world.spawn("A", [&] { body(data, log); });
    LatencyModel latency = exactly(1000, 0, 0);
    latency.log_effect = sim::Latency::constant(300);
    latency.flush_effect = sim::Latency::constant(7);
    return sim::simulate(world, {.latency = latency}).end.ns;
  };
  CHECK(end_of([](sim::Disk& data, sim::Disk&) { data.discard(0, 512); }) == 1000);
  CHECK(end_of([](sim::Disk&, sim::Disk& log) { log.discard(0, 512); }) == 300);
  CHECK(end_of([](sim::Disk& data, sim::Disk& log) {
          data.flush();
          log.flush();
        }) == 14);
}

TEST_CASE("a fiber that has ended can run again, from a history that begins anew") {
  sim::World world;
  int runs = 0;
  const FiberId fiber = world.spawn("A", [&] {
    world.emit({.kind = sim::EventKind::kSubmitted});
    world.yield();
    ++runs;
  });
  sim::Simulator simulator(world, 1, exactly(0, 0, 10));
  for (int run = 1; run <= 3; ++run) {
    while (simulator.step()) continue;
    CHECK(runs == run);
    CHECK(world.steps() == 2);
    CHECK(world.history().events.size() == 1);
    CHECK(simulator.now().ns == static_cast<std::uint64_t>(run) * 20);
    world.forget_history();
    CHECK(world.history().events.empty());
    CHECK(world.enabled() == 0);
    world.restart(fiber);
  }
}

TEST_CASE("the step limit ends a simulation") {
  sim::World world;
  world.spawn("A", [&] {
    for (;;) world.yield();
  });
  const auto result = sim::simulate(world, {.steps_max = 10});
  CHECK(result.ending == Ending::kTooLong);
  CHECK(result.steps() == 10);
  world.cancel();
}

TEST_CASE("a deadlock ends a simulation") {
  sim::World world;
  sim::WaitQueue queue(world, "queue");
  world.spawn("A", [&] { queue.wait(); });
  world.spawn("B", [] {});
  CHECK(sim::simulate(world, {}).ending == Ending::kDeadlocked);
  world.cancel();
}

// B waits for a mutex that A holds: A's request still takes effect, but nobody handles it.
TEST_CASE("fibers that are due when their thread is stopped do not run") {
  sim::World world;
  sim::Disk disk(world, "disk");
  sim::Mutex mutex(world, "mutex");
  world.spawn("A", [&] {
    mutex.lock();
    disk.flush();
    mutex.unlock();
  });
  world.spawn("B", [&] {
    world.yield();
    mutex.lock();
  });
  world.spawn("C", [&] { world.yield(); });
  const auto result = sim::simulate(world, {.latency = exactly(1000, 100, 10)});
  CHECK(result.ending == Ending::kDeadlocked);
  CHECK(word(result) == "ABCBA");
  CHECK(result.end.ns == 1010);  // not C's due time
  world.cancel();
}

// World::run() stops the program if the fiber is not enabled, so that ending well is the proof.
RC_TEST_CASE("random worlds: only enabled fibers run, and replaying the schedule agrees",
             [](std::uint64_t seed) {
               const auto build = [](sim::World& world) {
                 auto& disk = world.make<sim::Disk>(world, "disk");
                 auto& mutex = world.make<sim::Mutex>(world, "mutex");
                 auto& queue = world.make<sim::WaitQueue>(world, "queue");
                 auto& last = world.make<sim::Latch>(world, 4U);
                 for (const char* name : {"A", "B", "C", "D"}) {
                   world.spawn(name, [&] {
                     mutex.lock();
                     if (disk.end_of_content() == 0)
                       queue.wait(sim::WaitQueue::Position::kBack, &mutex);
                     mutex.unlock();
                     disk.write(0, Payload::filled(std::byte{1}, 1));
                     last.count_down();
                   });
                 }
                 world.spawn("E", [&] {
                   disk.write(0, Payload::filled(std::byte{1}, 1));
                   world.yield();
                   queue.wake_all();
                 });
                 world.spawn("F", [&] { queue.wake_all(); }, {.starts_after = &last});
               };
               sim::Testbed testbed(build);
               const auto result = sim::simulate(testbed.world(), {.seed = seed});
               testbed.reset();
               for (const FiberId fiber : result.schedule) testbed.world().run(fiber);
               RC_ASSERT(testbed.world().enabled() == 0U);
               RC_ASSERT(testbed.world().steps() == result.steps());
             });

}  // namespace simcheck::test
