// Options of the sampling strategies: their defaults, and which of them make no sense together.
#pragma once

#include "cli/options.hpp"

namespace simcheck::cli {

/// To be called once the strategy is settled. Throws UsageError.
void settle_sampling(Options& options);

}  // namespace simcheck::cli
