#include "cli/settle_bounds.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cli/catalog.hpp"
#include "properties/all.hpp"

namespace simcheck::cli {
namespace {

using model::StrategyKind;

void require_strategy(const Options& options) {
  const StrategyKind strategy = *options.strategy;
  if (options.preemptions && strategy != StrategyKind::kDpor && strategy != StrategyKind::kDfs)
    throw UsageError(fmt::format(
        "--preemptions bounds the schedules of dpor and dfs, and the strategy is {}; use "
        "--strategy dpor or dfs, or leave it out",
        name_of(strategy)));
  if (options.delays && strategy != StrategyKind::kDfs)
    throw UsageError(
        fmt::format("--delays is for dfs, and the strategy is {}, which would lose executions "
                    "within the bound; add --strategy dfs, or use --preemptions",
                    name_of(strategy)));
}

// The others judge what is over; that an execution was cut short, they would pass over in silence.
void require_judge_of_steps(const Options& options) {
  if (options.limits.steps_max == model::Limits{}.steps_max) return;
  const auto judges_steps = [](const properties::PropertyInfo* info) {
    return info->make == properties::make_terminates;
  };
  if (std::ranges::none_of(options.properties, judges_steps))
    throw UsageError(
        "--max-steps bounds what terminates judges, which is not checked; add --property "
        "terminates, and what else is to be checked");
}

}  // namespace

void settle_bounds(Options& options) {
  require_judge_of_steps(options);
  if (options.preemptions && options.delays)
    throw UsageError("--preemptions and --delays are two bounds on the schedule; leave out one");
  require_strategy(options);
  if (!options.delays) return;
  if (options.symmetry.value_or(false))
    throw UsageError(
        "--delays counts by the order of the requests, so none are interchangeable; leave out "
        "--symmetry on");
  options.symmetry = false;
}

}  // namespace simcheck::cli
