#include "cli/settle_sampling.hpp"

#include <fmt/format.h>

#include <string_view>

#include "cli/catalog.hpp"
#include "model/sampling_run.hpp"

namespace simcheck::cli {
namespace {

using model::StrategyKind;

void require_sampling(bool is_given, std::string_view option, StrategyKind strategy) {
  if (!is_given || model::is_sampling(strategy)) return;
  throw UsageError(
      fmt::format("{} is for sampling, and the strategy is {}; add --strategy random, pct, pos or "
                  "surw, or leave it out",
                  option, name_of(strategy)));
}

void refuse_with_soak(bool is_given, std::string_view option) {
  if (!is_given) return;
  throw UsageError(fmt::format("--time and {} both end the run; leave out one", option));
}

}  // namespace

void settle_sampling(Options& options) {
  const StrategyKind strategy = *options.strategy;
  require_sampling(options.seed.has_value(), "--seed", strategy);
  require_sampling(options.samples.has_value(), "--samples", strategy);
  if (options.soak_seconds && !model::is_sampling(strategy))
    throw UsageError(
        fmt::format("--time is for sampling, and the strategy is {}; --max-time ends "
                    "its search",
                    name_of(strategy)));
  if (options.pct_depth && strategy != StrategyKind::kPct)
    throw UsageError(
        fmt::format("--pct-depth is for pct, and the strategy is {}; add --strategy "
                    "pct, or leave it out",
                    name_of(strategy)));
  if (options.soak_seconds) {
    refuse_with_soak(options.limits.seconds_max != 0, "--max-time");
    refuse_with_soak(options.limits.executions_max != 0, "--max-executions");
  }
  // What sampling says of probabilities is said of all executions.
  if (!options.symmetry)
    options.symmetry = options.driver->symmetric && !model::is_sampling(strategy);
}

}  // namespace simcheck::cli
