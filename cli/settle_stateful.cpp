#include "cli/settle_stateful.hpp"

#include "cli/usage_error.hpp"

namespace simcheck::cli {

void settle_stateful(Options& options) {
  const bool is_stateful = options.strategy == model::StrategyKind::kStateful;
  if (options.states_max && !is_stateful)
    throw UsageError(
        "--max-states is for the states that stateful keeps; add --strategy stateful, or leave it "
        "out");
  if (options.equivalence && is_stateful)
    throw UsageError(
        "--equivalence says which executions are taken for equal, and stateful compares states; "
        "leave out one");
  if (options.states_max) options.limits.states_max = *options.states_max;
}

}  // namespace simcheck::cli
