// The workers of a check: they explore its workloads, split the large ones among each other, end
// early when a limit or the user says so, and save where they are.
#pragma once

#include "model/check_options.hpp"
#include "model/run_outcomes.hpp"

namespace simcheck::model {

/// Explores the workloads of the options. Throws ArchiveError if the state to go on from is none.
CheckRunOutcome run_workers(const CheckOptions& options);

}  // namespace simcheck::model
