#include "model/counterexample.hpp"

#include <string>
#include <utility>

#include "model/fault_plan.hpp"
#include "model/recorder.hpp"

namespace simcheck::model {

sim::Testbed::Build world_of(const CheckOptions& options, BlockScenario scenario) {
  return [properties = options.properties, scenario = std::move(scenario),
          hashes = options.strategy == StrategyKind::kStateful](sim::World& world) {
    if (hashes) world.hash_states();
    observe(properties, world, build(scenario, world), scenario.power_cut);
  };
}

Counterexample describe(const CheckOptions& options, const BlockScenario& scenario,
                        const Explorer& explorer) {
  const Schedule schedule = explorer.schedule();
  Counterexample example{.workload = to_text(scenario.workload),
                         .schedule = to_text(schedule),
                         .fault_plan = to_text(scenario.faults),
                         .deadlock = explorer.deadlocked()};
  for (const BrokenProperty& broken : explorer.broken()) {
    example.findings.push_back(
        {.property = std::string(options.properties[broken.property]->name()),
         .reason = broken.violation.reason,
         .step = broken.violation.step});
  }
  example.trace = record(world_of(options, scenario), schedule, lane_titles(scenario.workload),
                         options.log_sector_size);
  example.trace.first_log_sector = options.initial_log.first_sector;
  return example;
}

}  // namespace simcheck::model
