#include "model/begin_result.hpp"

#include <string>

#include "model/fault_plan.hpp"
#include "model/power_cut.hpp"

namespace simcheck::model {
namespace {

std::string to_string(StrategyKind kind) {
  switch (kind) {
    case StrategyKind::kDpor:
      return "dpor";
    case StrategyKind::kDfs:
      return "dfs";
    case StrategyKind::kReplay:
      return "replay";
    case StrategyKind::kRandom:
      return "random";
    case StrategyKind::kPct:
      return "pct";
    case StrategyKind::kPos:
      return "pos";
    case StrategyKind::kSurw:
      return "surw";
    case StrategyKind::kStateful:
      return "stateful";
  }
  return "";
}

}  // namespace

Result begin_result(const CheckOptions& options) {
  Result result;
  result.program = options.program;
  result.driver = options.driver;
  result.workload_set = options.workload_set;
  result.depth = options.depth;
  result.strategy = to_string(options.strategy);
  if (options.strategy == StrategyKind::kDpor) {
    const bool observed = equivalence_of(options) == Equivalence::kObserved;
    result.reductions.push_back(observed ? "observed equivalence" : "trace equivalence");
  }
  if (options.strategy == StrategyKind::kStateful) {
    result.reductions = {"visited states", "private steps"};
  }
  result.threads = options.threads;
  result.super_interval = options.super_interval;
  if (uses_symmetry(options)) {
    result.reductions.push_back("symmetry");
  }
  if (options.power_cut && cut_moments(options.properties, *options.power_cut) != 0) {
    result.crashes.emplace();
    result.durability = to_string(options.power_cut->model.durability);
    result.recovery = options.power_cut->recovery_name;
    result.cuts = options.power_cut->cuts;
  }
  result.workloads_total = options.workloads.size();
  result.coverage.bounds = options.bounds;
  if (options.strategy == StrategyKind::kReplay) {
    result.coverage.bounds.push_back("one schedule");
  }
  if (options.faults.any() || !options.fault_plan.empty()) {
    result.faults = {.asked = to_text(options.faults),
                     .plan = to_text(options.fault_plan),
                     .log_sectors = options.faults.log_sectors};
  }
  for (const auto& property : options.properties) {
    result.properties.push_back(
        {.name = std::string(property->name()), .summary = std::string(property->summary())});
  }
  return result;
}

}  // namespace simcheck::model
