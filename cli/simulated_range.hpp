// Whether the requests of `simcheck simulate` fit the device: a driver of one's own has a size, and
// what lies behind that only fails.
#pragma once

#include "cli/simulate_options.hpp"
#include "model/check_options.hpp"
#include "model/simulation.hpp"

namespace simcheck::cli {

/// Without --range, random requests lie in the first 64m, or in all there is if that is less.
/// Builds the device to ask it; throws UsageError if it has not even a block.
void fit_range(SimulateCommand& command, const model::CheckOptions& check);

/// Says so if many requests failed with nobody having asked for faults: such a run shows little.
void note_failures(const model::SimulatedRun& run);

}  // namespace simcheck::cli
