// The whole job: one driver, a list of workloads, a strategy, limits; out comes a Result.
#pragma once

#include "model/check_options.hpp"
#include "model/divergence.hpp"
#include "model/result.hpp"

namespace simcheck::model {

/// Runs the check. The result is the same for the same options, unless time or an interrupt ended
/// it. Throws Divergence, and what else the code under test makes of the check; if a workload
/// before the one that it came from was violated, that is in Result::failure instead.
Result check(const CheckOptions& options);

}  // namespace simcheck::model
