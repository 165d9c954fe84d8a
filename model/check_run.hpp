// The workers of a check: they explore its workloads, split the large ones among each other, end
// early when a limit or the user says so, and save where they are.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/check.hpp"
#include "model/workload_check.hpp"

namespace simcheck::model {

struct CheckRunOutcome {
  /// In the order of the workloads, up to the first that was violated unless the check keeps going.
  /// Nothing for those that were not begun.
  std::vector<std::optional<WorkloadOutcome>> outcomes;
  bool stopped_at_violation = false;
  bool interrupted = false;
  std::string bound;  ///< the limit that ended it; empty: none
};

/// Explores the workloads of the options. Throws Divergence, and ArchiveError if the state to go on
/// from is none.
CheckRunOutcome run_workers(const CheckOptions& options);

}  // namespace simcheck::model
