// Going back by checkpoints or by running again: the same results, and where state lies outside of
// the world, no checkpoints.
#include <doctest/doctest.h>

#include <cstdlib>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>

#include "model/counterexample.hpp"
#include "model/divergence.hpp"
#include "model/explorer.hpp"
#include "sim/code_failed.hpp"
#include "sim/heap_watch.hpp"
#include "tests/model/drivers_under_check.hpp"
#include "tests/model/random_programs.hpp"

namespace simcheck::test {
namespace {

using enum OpKind;
using model::Backtracking;

RC_TEST_CASE("checkpoints change no result",
             [] {
               const Program program = *rc::gen::resize(
                   rc::kNominalSize,
                   programs({kYield, kRead, kWrite, kAdd, kBranch, kDiskWrite, kDiskRead, kWait,
                             kWake, kLock, kTryLock, kExchange, kTake, kGive}));
               const std::uint32_t threads = *rc::gen::inRange(1, 4);
               for (const With with : {With::kDfs, With::kDpor}) {
                 const auto restored =
                     explore(program, with, 500, threads, Backtracking::kCheckpoints);
                 const auto run_again =
                     explore(program, with, 500, threads, Backtracking::kReexecution);
                 RC_ASSERT(restored.counts == run_again.counts);
                 RC_ASSERT(restored.traces == run_again.traces);
                 RC_ASSERT(restored.final_states == run_again.final_states);
               }
             },
             {.max_success = 300})

struct Fibers {
  explicit Fibers(sim::World& world) : value(world, "value") {}
  sim::Shared<int> value;
};

// Four fibers that count, and do something else besides.
template <class Function>
model::ExplorerStatistics explore_with(const Function& something) {
  model::Explorer explorer([&](sim::World& world) {
    auto& fibers = world.make<Fibers>(world);
    for (int f = 0; f < 4; ++f) {
      world.spawn(std::to_string(f), [&world, &fibers, something] {
        ++fibers.value;
        something();
        world.yield();
        ++fibers.value;
      });
    }
  });
  const auto dpor = model::make_dpor(explorer.footprints(), explorer, explorer.fiber_count());
  while (explorer.run_next(*dpor)) continue;
  CHECK(explorer.counts().executions == 2520);  // 8! / 2^4
  return explorer.statistics();
}

TEST_CASE("memory from malloc() switches checkpoints off, and says so") {
  const auto statistics = explore_with([] {
    void* volatile memory = std::malloc(10);
    std::free(memory);
  });
  CHECK_FALSE(statistics.no_checkpoints.empty());
  CHECK(statistics.checkpoints_restored == 0);
  CHECK(statistics.restarts >= 2520);
}

TEST_CASE("memory from malloc() is noticed in whatever execution it is first asked for") {
  int executions = 0;
  model::Explorer explorer([&](sim::World& world) {
    auto& fibers = world.make<Fibers>(world);
    for (int f = 0; f < 3; ++f) {
      world.spawn(std::to_string(f), [&] {
        void* volatile memory = executions > 60 ? std::aligned_alloc(64, 64) : nullptr;
        std::free(memory);
        ++fibers.value;
        world.yield();
        ++fibers.value;
      });
    }
  });
  const auto dpor = model::make_dpor(explorer.footprints(), explorer, explorer.fiber_count());
  while (explorer.run_next(*dpor)) {
    if (++executions == 60 && sim::can_watch_heap())
      CHECK(explorer.statistics().no_checkpoints == "");
  }
  if (sim::can_watch_heap())
    CHECK(explorer.statistics().no_checkpoints == "the code under test allocates by malloc()");
}

TEST_CASE("memory from new is the world's") {
  const auto statistics = explore_with([] { std::string(100, 'x').append("y"); });
  if (sim::can_watch_heap()) {
    CHECK(statistics.no_checkpoints.empty());
    CHECK(statistics.checkpoints_restored > 2000);
    CHECK(statistics.transitions_run < 20160);
  } else {
    CHECK(statistics.no_checkpoints == "this build has none");
  }
}

TEST_CASE("the exceptions that end fibers halfway are not taken for the driver's malloc()") {
  const model::CheckOptions options = options_for("serialized", "3*flush");
  const model::BlockScenario scenario =
      model::scenario_to_follow(options, workload("3*flush"), sim::FaultPlan{});
  model::Explorer explorer(model::world_of(options, scenario), options.properties);
  const auto dpor = model::make_dpor(explorer.footprints(), explorer, explorer.fiber_count());
  while (explorer.run_next(*dpor)) continue;
  const model::ExplorerStatistics& statistics = explorer.statistics();
  CHECK(statistics.probes > 100);
  if (!sim::can_watch_heap()) return;
  CHECK(statistics.no_checkpoints.empty());
  CHECK(statistics.checkpoints_restored > statistics.restarts);
}

TEST_CASE("a static that changes what happens is noticed with checkpoints too") {
  int calls = 0;  // outside of the world; matters when the first runs, all from the start, are over
  model::Explorer explorer([&](sim::World& world) {
    auto& fibers = world.make<Fibers>(world);
    for (int f = 0; f < 4; ++f) {
      world.spawn(std::to_string(f), [&] {
        if (++calls < 200 || calls % 5 != 0) ++fibers.value;
        world.yield();
        ++fibers.value;
      });
    }
  });
  const auto dpor = model::make_dpor(explorer.footprints(), explorer, explorer.fiber_count());
  CHECK_THROWS_AS(while (explorer.run_next(*dpor)) continue, model::Divergence);
}

// Two requests that share nothing: one execution, to which nothing comes back.
template <class Function>
void explore_independent(const Function& something) {
  struct Own {
    explicit Own(sim::World& world) : a(world, "a"), b(world, "b") {}
    sim::Shared<int> a, b;
  };
  model::Explorer explorer([&](sim::World& world) {
    auto& own = world.make<Own>(world);
    world.spawn("A", [&world, &own, something] { something(world, own.a); });
    world.spawn("B", [&own] { ++own.b; });
  });
  const auto dpor = model::make_dpor(explorer.footprints(), explorer, explorer.fiber_count());
  while (explorer.run_next(*dpor)) continue;
  CHECK(explorer.counts().executions == 1);
}

TEST_CASE("nondeterminism is noticed where the exploration comes back to nothing") {
  bool other = false;  // outside of the world
  CHECK_NOTHROW(explore_independent([](sim::World&, sim::Shared<int>& a) { ++a; }));
  CHECK_THROWS_AS(explore_independent([&](sim::World&, sim::Shared<int>& a) {
                    if (other = !other; other) ++a;
                  }),
                  model::Divergence);
  CHECK_THROWS_AS(explore_independent([&](sim::World& world, sim::Shared<int>&) {
                    if (other = !other; other) world.yield();
                  }),
                  model::Divergence);
  CHECK_THROWS_AS(explore_independent([&](sim::World& world, sim::Shared<int>&) {
                    other = !other;
                    world.emit({.kind = sim::EventKind::kEntryPlaced, .sector = other ? 1U : 2U});
                  }),
                  model::Divergence);
}

TEST_CASE("contents that differ are nondeterminism, too") {
  struct Own {
    explicit Own(sim::World& world) : disk(world, "disk") {}
    sim::Disk disk;
  };
  bool other = false;  // outside of the world
  model::Explorer explorer([&](sim::World& world) {
    auto& own = world.make<Own>(world);
    world.spawn("A", [&] {
      other = !other;
      own.disk.write(0, sim::Payload::filled(std::byte{other}, 512));
    });
  });
  const auto dpor = model::make_dpor(explorer.footprints(), explorer, explorer.fiber_count());
  CHECK_THROWS_AS(while (explorer.run_next(*dpor)) continue, model::Divergence);
}

template <class Exception>
class Thrower final : public properties::Property {
 public:
  explicit Thrower(Exception exception) : exception_(exception) {}
  std::string_view name() const override { return "thrower"; }
  std::string_view summary() const override { return "throws"; }
  properties::Judgement judge(const properties::Evidence&) const override { throw exception_; }

 private:
  Exception exception_;
};

template <class Exception>
void judge_by_thrower(Exception exception) {
  model::Explorer explorer([](sim::World& world) { world.spawn("A", [] {}); },
                           {std::make_shared<Thrower<Exception>>(exception)});
  const auto dpor = model::make_dpor(explorer.footprints(), explorer, explorer.fiber_count());
  explorer.run_next(*dpor);
}

TEST_CASE("a property that throws is named") {
  CHECK_THROWS_WITH_AS(judge_by_thrower(std::runtime_error("no idea")),
                       "the property thrower threw an exception: no idea", sim::CodeFailed);
  CHECK_THROWS_WITH_AS(
      judge_by_thrower(7),
      "the property thrower threw an exception: an exception that is not a std::exception",
      sim::CodeFailed);
}

}  // namespace
}  // namespace simcheck::test
