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

Subject subject_of(const BlockScenario& scenario) {
  return {.workload = to_text(scenario.workload), .fault_plan = to_text(scenario.faults)};
}

sim::FaultPlan faults_of(const Counterexample& example) {
  if (example.fault_plan.empty()) return {};
  return std::get<sim::FaultPlan>(parse_fault_plan(example.fault_plan));
}

BlockScenario scenario_to_follow(const CheckOptions& options, const Workload& workload,
                                 const sim::FaultPlan& faults) {
  BlockScenario scenario = scenario_of(options, workload);
  scenario.faults = faults;
  scenario.symmetry = false;
  return scenario;
}

Explorer explorer_of(const CheckOptions& options, const BlockScenario& scenario,
                     std::function<bool()> must_stop) {
  return Explorer(world_of(options, scenario), options.properties,
                  {.steps_max = options.limits.steps_max,
                   .backtracking = Backtracking::kReexecution,
                   .power_cut = options.power_cut,
                   .subject = subject_of(scenario),
                   .must_stop = std::move(must_stop)});
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
