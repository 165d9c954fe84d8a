#include "cli/settle_bounds.hpp"

#include <fmt/format.h>

#include "cli/catalog.hpp"

namespace simcheck::cli {
namespace {

using model::StrategyKind;

void require_strategy(const Options& options) {
  const StrategyKind strategy = *options.strategy;
  if (options.preemptions && strategy != StrategyKind::kDpor && strategy != StrategyKind::kDfs)
    throw UsageError(
        fmt::format("--preemptions bounds an exhaustive search, and the strategy is {}; use "
                    "--strategy dpor or dfs, or leave it out",
                    name_of(strategy)));
  if (options.delays && strategy != StrategyKind::kDfs)
    throw UsageError(
        fmt::format("--delays is for dfs, and the strategy is {}, which would lose executions "
                    "within the bound; add --strategy dfs, or use --preemptions",
                    name_of(strategy)));
}

}  // namespace

void settle_bounds(Options& options) {
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
