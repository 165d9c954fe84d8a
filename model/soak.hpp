// Sampling against the clock: all workloads again and again, with other random numbers each time.
#pragma once

#include "model/check_options.hpp"
#include "model/result.hpp"

namespace simcheck::model {

/// Rounds of checks, until options.sampling.soak_seconds are over or a violation, unless it is to
/// keep going, or an interrupt ends them. Each begins where the samples of the last one ended. How
/// many there are depends on the time; what the i-th finds does not. Throws Divergence.
Result soak(const CheckOptions& options);

}  // namespace simcheck::model
