// Makes a counterexample smaller before it is shown: fewer faults and requests, simpler kinds,
// lower and shorter extents, fewer context switches, fewer steps, in this order.
//
// Removing requests follows Zeller, Hildebrandt, "Simplifying and Isolating Failure-Inducing
// Input", IEEE TSE 28(2), 2002 (ddmin), after all pairs and triples of requests were tried by
// search: a race is between two requests more often than not.
#pragma once

#include <cstdint>

#include "model/check_options.hpp"
#include "model/result.hpp"
#include "model/workload.hpp"

namespace simcheck::model {

/// What `options` found in `workload`, made smaller, and how (Counterexample::shrunk). The same
/// properties break, the first for the same reason. Deterministic; at most
/// CheckOptions::shrink_limit executions are run.
Counterexample shrink(const CheckOptions& options, const Workload& workload,
                      const Counterexample& example);

}  // namespace simcheck::model
