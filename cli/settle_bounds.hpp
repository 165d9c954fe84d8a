// Bounds on the schedule: which of them make no sense together with what else was asked for.
#pragma once

#include "cli/options.hpp"

namespace simcheck::cli {

/// To be called once the strategy is settled, before symmetry is. Throws UsageError.
void settle_bounds(Options& options);

}  // namespace simcheck::cli
