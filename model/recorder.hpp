// Runs one schedule with the recorder on and tells it step by step: the trace of a counterexample.
#pragma once

#include "model/block_scenario.hpp"
#include "model/result.hpp"
#include "model/schedule.hpp"
#include "sim/testbed.hpp"

namespace simcheck::model {

/// Runs `schedule` from the start of a fresh world and records it. `titles` name the lanes, in
/// order. Throws Divergence if a choice of the schedule is not possible.
Trace record(const sim::Testbed::Build& build, const Schedule& schedule,
             const std::vector<std::string>& titles, std::uint64_t log_sector_size);

/// Lane titles of a workload: its requests in text form.
std::vector<std::string> lane_titles(const Workload& workload);

}  // namespace simcheck::model
