#include "cli/saved_log.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <variant>

#include "cli/atomic_file.hpp"
#include "cli/output_file.hpp"
#include "model/fault_plan.hpp"
#include "model/save_log.hpp"
#include "model/schedule.hpp"
#include "model/workload_parser.hpp"

namespace simcheck::cli {
namespace {

struct Execution {
  model::Workload workload;
  std::string schedule;
  sim::FaultPlan faults;
};

Execution chosen_execution(const model::CheckOptions& check, const model::Result& result) {
  if (!result.counterexamples.empty()) {
    const model::Counterexample& found = result.counterexamples.front();
    return {std::get<model::Workload>(model::parse_workload(found.workload)), found.schedule,
            std::get<sim::FaultPlan>(model::parse_fault_plan(found.fault_plan))};
  }
  const auto largest = std::ranges::max_element(check.workloads, {}, &model::Workload::size);
  const bool is_replay = check.strategy == model::StrategyKind::kReplay;
  return {*largest, is_replay ? check.schedule : model::to_text(model::Schedule{}),
          check.fault_plan};
}

}  // namespace

void save_log(const model::CheckOptions& check, const model::Result& result,
              const std::string& path) {
  model::CheckOptions whole = check;
  whole.symmetry = false;  // schedules are followed as they are
  const Execution execution = chosen_execution(check, result);
  whole.fault_plan = execution.faults;
  with_option_named("--save-log", [&] {
    AtomicFile file(path);
    model::save_log(whole, execution.workload, execution.schedule,
                    [&file](std::span<const std::byte> bytes) { file.write(bytes); });
    file.commit();
  });
}

}  // namespace simcheck::cli
