// Which options on faults go together.
#pragma once

#include "cli/options.hpp"

namespace simcheck::cli {

/// Throws UsageError.
void settle_faults(const Options& options);

}  // namespace simcheck::cli
