#include "cli/settle_faults.hpp"

#include <fmt/format.h>

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
  const std::uint64_t sectors = sectors_of(options.initial_log);
  if (options.faults.log_sectors != 0 && options.faults.log_sectors < sectors)
    throw UsageError(fmt::format(
        "--initial-log {} takes {} sectors, and --faults enospc={} leaves fewer; give it more",
        to_string(options.initial_log), sectors, options.faults.log_sectors));
}

}  // namespace simcheck::cli
