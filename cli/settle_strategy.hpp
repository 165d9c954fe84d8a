// Which strategy searches, and what it takes for equal.
#pragma once

#include "cli/options.hpp"

namespace simcheck::cli {

/// Chooses the strategy where none was: a schedule is replayed. Throws UsageError.
void settle_strategy(Options& options);
/// Chooses the equivalence where none was: observed where that is possible. Throws UsageError. Goes
/// by the strategy and the properties.
void settle_equivalence(Options& options);

}  // namespace simcheck::cli
