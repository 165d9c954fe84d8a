// What reduction rests on: swapping neighbours that are independent changes no property's verdict.
// On random workloads, drivers and schedules, for one property at a time, so that nothing but what
// it declares keeps its events in order.

#include <doctest/doctest.h>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "drivers/block_layer.hpp"
#include "model/block_scenario.hpp"
#include "model/explorer.hpp"
#include "model/footprint_table.hpp"
#include "model/schedule.hpp"
#include "sim/testbed.hpp"
#include "tests/model/drivers_under_check.hpp"
#include "tests/support/rapidcheck.hpp"

namespace simcheck::test {
namespace {

struct Scenario {
  std::string driver, workload;
  std::uint64_t interval = 1;
  std::uint32_t threads = 1;
  bool block_layer = false;
  std::size_t property = 0;  // its place in the catalog
};

rc::Gen<Scenario> any_scenario() {
  return rc::gen::exec([] {
    Scenario s;
    s.driver = *rc::gen::element("buggy", "fixed", "mutex-v1", "mutex-v2", "serialized");
    s.interval = *rc::gen::element(1U, 2U, 3U, 4096U);
    s.threads = *rc::gen::weightedElement<std::uint32_t>({{3, 1U}, {1, 2U}});
    s.block_layer = *rc::gen::weightedElement<bool>({{3, false}, {1, true}});
    s.property = *rc::gen::inRange<std::size_t>(0, properties::all_properties().size());
    const int requests = *rc::gen::inRange(2, 6);
    for (int i = 0; i < requests; ++i) {
      if (i > 0) s.workload += *rc::gen::weightedElement<const char*>({{4, ", "}, {1, " ; "}});
      s.workload += *rc::gen::weightedElement<const char*>({{3, "flush"},
                                                            {2, "write"},
                                                            {1, "zeroes"},
                                                            {1, "discard"},
                                                            {1, "write fua"},
                                                            {1, "write 0 4k"}});
    }
    return s;
  });
}

model::BlockScenario scenario_of(const Scenario& s) {
  model::BlockScenario scenario{
      .workload = workload(s.workload),
      .make_device = device(s.driver, {.super_update_interval = s.interval}),
      .make_filter = {},
      .super_interval = s.interval,
      .threads = s.threads,
      .symmetry = false};
  if (s.block_layer) {
    scenario.make_filter = [](sim::World& world, sim::BlockDevice& driver, sim::BlockDevice& data,
                              sim::BlockDevice& log) -> sim::BlockDevice& {
      return world.make<drivers::BlockLayer>(world, driver, data, log,
                                             drivers::BlockLayerOptions{});
    };
  }
  return scenario;
}

struct Execution {
  model::Schedule schedule;
  std::vector<model::FootprintId> footprints;
  std::string verdict;
};

// Runs the schedule, and where it is over, what `choices` say and then the first that can.
Execution run(const Scenario& s, model::FootprintTable& table, const model::Schedule& schedule,
              const std::vector<std::uint8_t>& choices = {}) {
  const properties::PropertyList properties{properties::all_properties()[s.property].make()};
  sim::Testbed testbed([scenario = scenario_of(s), &properties](sim::World& world) {
    observe(properties, world, build(scenario, world));
  });
  sim::World& world = testbed.world();
  Execution execution;
  for (std::size_t i = 0; world.enabled() != 0; ++i) {
    sim::FiberSet ready = world.enabled();
    for (int skip = i < choices.size() ? choices[i] % std::popcount(ready) : 0; skip > 0; --skip) {
      ready &= ready - 1;
    }
    const sim::FiberId fiber = i < schedule.size() ? schedule[i] : sim::first_of(ready);
    RC_ASSERT(contains(world.enabled(), fiber));
    world.run(fiber);
    execution.schedule.push_back(fiber);
    execution.footprints.push_back(table.intern(world.footprint()));
  }
  sim::History history = world.history();
  history.ending = world.unfinished() == 0 ? sim::Ending::kFinished : sim::Ending::kDeadlocked;
  const properties::Judgement judgement = properties.front()->judge(history);
  const char* const is = judgement.violation   ? "violated"
                         : judgement.exercised ? "holds"
                                               : "not exercised";
  execution.verdict = std::string(properties.front()->name()) + ": " + is;
  return execution;
}

// Tries to swap at each of these places; says how many could be.
int swap_neighbours(Execution& execution, const model::FootprintTable& table,
                    const std::vector<std::uint16_t>& places) {
  int swapped = 0;
  for (const std::uint16_t place : places) {
    const std::size_t i = place % (execution.schedule.size() - 1);
    const bool one_fiber = execution.schedule[i] == execution.schedule[i + 1];
    if (one_fiber || !table.independent(execution.footprints[i], execution.footprints[i + 1]))
      continue;
    std::swap(execution.schedule[i], execution.schedule[i + 1]);
    std::swap(execution.footprints[i], execution.footprints[i + 1]);
    ++swapped;
  }
  return swapped;
}

}  // namespace

RC_TEST_CASE("swapping independent neighbours changes no verdict",
             [] {
               const Scenario s = *any_scenario();
               const auto bytes = rc::gen::container<std::vector<std::uint8_t>>(
                   100, rc::gen::arbitrary<std::uint8_t>());
               const auto places = rc::gen::container<std::vector<std::uint16_t>>(
                   300, rc::gen::inRange<std::uint16_t>(0, 1000));
               model::FootprintTable table;
               const Execution first = run(s, table, {}, *bytes);
               Execution swapped = first;
               RC_PRE(swap_neighbours(swapped, table, *places) > 0);
               const Execution second = run(s, table, swapped.schedule);
               RC_LOG() << s.driver << ", " << s.workload << ", interval " << s.interval << ", "
                        << s.threads << " threads\n"
                        << model::to_text(first.schedule) << "\n"
                        << model::to_text(second.schedule) << "\n";
               RC_ASSERT(second.footprints == swapped.footprints);
               RC_ASSERT(second.verdict == first.verdict);
             },
             {.max_success = 20000})

}  // namespace simcheck::test
