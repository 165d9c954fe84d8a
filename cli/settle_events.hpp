// Where the events of a check go.
#pragma once

#include "cli/options.hpp"

namespace simcheck::cli {

/// Refuses what would be mixed up with events on standard output, with a UsageError. To be called
/// before the format of the result is settled.
void settle_events(const Options& options);

}  // namespace simcheck::cli
