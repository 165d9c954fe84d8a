// What the options of long runs mean together.
#pragma once

#include "cli/options.hpp"

namespace simcheck::cli {

/// Throws UsageError.
void settle_checkpoint(Options& options);

}  // namespace simcheck::cli
