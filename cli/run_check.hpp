// From options to a verdict: explores, reports, saves what is to be saved.
#pragma once

#include "cli/exit_status.hpp"
#include "cli/options.hpp"

namespace simcheck::cli {

/// Throws UsageError before anything is explored if the options do not fit the workload; later,
/// OutputError or UsageError if a result cannot be written, and model::Divergence.
ExitStatus run_check(const Options& options);

}  // namespace simcheck::cli
