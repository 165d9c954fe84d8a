#include "cli/settle_faults.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cli/usage_error.hpp"

namespace simcheck::cli {

void settle_faults(const Options& options) {
  const bool has_plan = !options.fault_plan.empty();
  if (has_plan && options.workload.empty())
    throw UsageError("--fault-plan needs the workload whose lanes it names: add --workload");
  if (has_plan && options.faults.has_plans())
    throw UsageError(
        "--fault-plan is one plan, and --faults asks for all; leave out one (enospc may stay)");
  if (!options.schedule.empty() && options.faults.has_plans())
    throw UsageError(
        "--replay runs one schedule, whose faults are those of --fault-plan; leave out the budgets "
        "of --faults");
  const sim::CrashModel usual;
  if (!options.faults.power_cut && (options.crash_model.durability != usual.durability ||
                                    options.crash_model.sector_bytes != usual.sector_bytes))
    throw UsageError(
        "--durability and --disk-sector say what survives a power cut; add --faults cut");
  if (!options.faults.power_cut &&
      (options.cuts > 1 || options.recovery->name != default_recovery()))
    throw UsageError("--recovery and --cuts say what follows a power cut; add --faults cut");
  if (options.cuts > 1 && !options.recovery->recovery.writes)
    throw UsageError(
        "--cuts cuts the power again while the recovery writes, and this one does not say that "
        "it writes; add --recovery truncate, or one of your own that has Recovery::writes");
  const auto looks_at_cuts = [](const properties::PropertyInfo* info) {
    return info->make()->observes().cut != 0;
  };
  if (options.faults.power_cut && std::ranges::none_of(options.properties, looks_at_cuts))
    throw UsageError(
        "--faults cut needs a property that judges what is left; add --property crash-parses, for "
        "logs of simcheck's format, or one of your own that has judge_crash() and observes().cut");
  if (options.faults.power_cut && options.strategy == model::StrategyKind::kStateful)
    throw UsageError(
        "--strategy stateful does not tell what is durable, and --faults cut asks; use dpor");
  const std::uint64_t sectors = sectors_of(options.initial_log);
  if (options.faults.log_sectors != 0 && options.faults.log_sectors < sectors)
    throw UsageError(fmt::format(
        "--initial-log {} takes {} sectors, and --faults enospc={} leaves fewer; give it more",
        to_string(options.initial_log), sectors, options.faults.log_sectors));
}

}  // namespace simcheck::cli
