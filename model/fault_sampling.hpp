// Sampling under faults: the plans are drawn from the seed, as the executions are.
//
// The samples of a workload are shared out among plans without faults, of one, of two, ... up to
// the budgets. Each batch of kSamplesPerPlan draws a plan: one of the plans drawn before it, of one
// fault less, and one fault more, any that was possible in an execution seen of that plan. Where
// none was possible, their share goes to the plans of one fault less. So a plan that needs a rare
// interleaving may not be drawn, and nothing is said about odds.
#pragma once

#include <cstdint>
#include "model/workload_check.hpp"

namespace simcheck::model {

inline constexpr std::uint64_t kSamplesPerPlan = 16;

WorkloadOutcome sample_with_faults(const CheckOptions& options, const Workload& workload,
                                   const MustStop& must_stop, std::string state);

}  // namespace simcheck::model
