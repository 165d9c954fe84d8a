// Runs a counterexample again, in a driver that may have changed since.
#pragma once

#include <cstddef>
#include <functional>

#include "model/check_options.hpp"
#include "model/result.hpp"
#include "model/schedule.hpp"
#include "model/workload.hpp"

namespace simcheck::model {

/// Runs `workload` by `schedule` as far as it can be followed, and from there on as it comes. The
/// findings are empty if nothing is broken now. The faults are those of the options.
Counterexample rerun(const CheckOptions& options, const Workload& workload,
                     const Schedule& schedule);

/// Likewise, and calls `stop` in the fiber that runs step number `step` (from 0), at the first
/// thing that it does there. False if it does nothing that can be seen, or there is no such step.
bool run_to_step(const CheckOptions& options, const Workload& workload, const Schedule& schedule,
                 std::size_t step, const std::function<void()>& stop);

}  // namespace simcheck::model
