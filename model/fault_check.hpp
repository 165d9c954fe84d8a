// The exploration of one workload under every plan of faults that the budgets allow: first without
// faults, then all plans of one, then of two. So the first counterexample needs the fewest faults.
#pragma once

#include <string>

#include "model/workload_check.hpp"

namespace simcheck::model {

/// As check_workload(), over all plans; `state` is likewise that of a Pause. `part.plans` of the
/// outcome counts, by the number of their faults, the plans of which some execution met every
/// fault. Sampling strategies draw plans instead of going through all.
WorkloadOutcome check_with_faults(const CheckOptions& options, const Workload& workload,
                                  const MustStop& must_stop, std::string state = {});

}  // namespace simcheck::model
