#include "model/workload_check.hpp"

#include <memory>
#include <utility>

#include "model/recorder.hpp"
#include "model/replay.hpp"
#include "model/sampling_run.hpp"
#include "model/stateful.hpp"

namespace simcheck::model {
namespace {

std::unique_ptr<Strategy> make_strategy(const CheckOptions& options, const Workload& workload,
                                        Explorer& explorer) {
  if (is_sampling(options.strategy)) return make_sampling(options, workload, explorer);
  switch (options.strategy) {
    case StrategyKind::kDfs:
      return make_dfs();
    case StrategyKind::kReplay:
      return make_replay(explorer.world(), schedule_of(options.schedule));
    case StrategyKind::kStateful:
      return make_stateful(explorer, options.limits.states_max);
    default:
      break;
  }
  return make_dpor(explorer.footprints(), explorer, explorer.fiber_count());
}

class WorkloadCheck {
 public:
  WorkloadCheck(const CheckOptions& options, const Workload& workload)
      : options_(options), workload_(workload), broken_(options.properties.size()) {}

  WorkloadOutcome run(const std::function<bool(const Counts&)>& must_stop) {
    Explorer explorer(world_, options_.properties, options_.limits.steps_max);
    const auto strategy = make_strategy(options_, workload_, explorer);
    while (!must_stop(explorer.counts())) {
      const auto outcome = explorer.run_next(*strategy);
      outcome_.exhausted = !outcome;
      if (outcome_.exhausted) break;
      if (*outcome != Explorer::Outcome::kViolated) continue;
      outcome_.part.violated = true;
      remember(explorer);
      if (!options_.keep_going) break;
    }
    outcome_.part.workload = to_text(workload_);
    outcome_.part.counts = explorer.counts();
    outcome_.part.sampled = strategy->sampled();
    outcome_.part.visited = strategy->visited();
    if (outcome_.part.visited && outcome_.part.visited->full) outcome_.exhausted = false;
    outcome_.exercised = explorer.exercised();
    return std::move(outcome_);
  }

 private:
  void remember(const Explorer& explorer) {
    bool news = false;
    std::vector<std::size_t> properties;
    for (const BrokenProperty& broken : explorer.broken()) {
      properties.push_back(broken.property);
      if (!broken_[broken.property]) news = true;
      broken_[broken.property] = true;
    }
    if (news) outcome_.found.push_back({counterexample(explorer), std::move(properties)});
  }

  Counterexample counterexample(const Explorer& explorer) const {
    const Schedule schedule = explorer.schedule();
    Counterexample example{.workload = to_text(workload_),
                           .schedule = to_text(schedule),
                           .deadlock = explorer.deadlocked()};
    for (const BrokenProperty& broken : explorer.broken()) {
      example.findings.push_back(
          {.property = std::string(options_.properties[broken.property]->name()),
           .reason = broken.violation.reason,
           .step = broken.violation.step});
    }
    example.trace = record(world_, schedule, lane_titles(workload_), options_.log_sector_size);
    return example;
  }

  const CheckOptions& options_;
  const Workload& workload_;
  const sim::Testbed::Build world_ = [scenario = scenario_of(options_, workload_),
                                      this](sim::World& world) {
    if (options_.strategy == StrategyKind::kStateful) world.hash_states();
    build(scenario, world);
    observe(options_.properties, world);
  };
  std::vector<bool> broken_;  // by any execution so far
  WorkloadOutcome outcome_;
};

}  // namespace

WorkloadOutcome check_workload(const CheckOptions& options, const Workload& workload,
                               const std::function<bool(const Counts&)>& must_stop) {
  return WorkloadCheck(options, workload).run(must_stop);
}

}  // namespace simcheck::model
