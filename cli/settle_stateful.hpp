// Options of the stateful strategy, and which of them make no sense with it.
#pragma once

#include "cli/options.hpp"

namespace simcheck::cli {

/// To be called once the strategy is settled. Throws UsageError.
void settle_stateful(Options& options);

}  // namespace simcheck::cli
