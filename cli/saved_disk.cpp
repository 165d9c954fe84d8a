#include "cli/saved_disk.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <variant>

#include "cli/atomic_file.hpp"
#include "cli/content_file.hpp"
#include "cli/output_file.hpp"
#include "model/fault_plan.hpp"
#include "model/save_disk.hpp"
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

void save_disk(const model::CheckOptions& check, const model::Result& result,
               const SavedDisk& disk) {
  model::CheckOptions whole = check;
  whole.symmetry = false;  // schedules are followed as they are
  const Execution execution = chosen_execution(check, result);
  whole.fault_plan = execution.faults;
  with_option_named(disk.option, [&] {
    AtomicFile file(disk.path);
    const auto save = [&file](const sim::ContentView& content, std::uint64_t end) {
      append_content(file, content, end);
    };
    model::save_disk(whole, execution.workload, execution.schedule, disk.role, save);
    file.commit();
  });
}

}  // namespace simcheck::cli
