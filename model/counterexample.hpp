// From an execution that broke something to what is told of it.
#pragma once

#include "model/check_options.hpp"
#include "model/explorer.hpp"
#include "model/result.hpp"
#include "sim/testbed.hpp"

namespace simcheck::model {

/// The world of a scenario, with all that the properties of the options observe.
sim::Testbed::Build world_of(const CheckOptions& options, BlockScenario scenario);

/// What is said of its executions while they run.
Subject subject_of(const BlockScenario& scenario);

/// Its plan of faults.
sim::FaultPlan faults_of(const Counterexample& example);

/// The scenario of a workload in which any schedule can be followed: symmetry would forbid some.
BlockScenario scenario_to_follow(const CheckOptions& options, const Workload& workload,
                                 const sim::FaultPlan& faults);

/// For single executions of it. The options must outlive the explorer.
Explorer explorer_of(const CheckOptions& options, const BlockScenario& scenario,
                     std::function<bool()> must_stop = {});

/// The explorer's last execution, which broke properties of the options in the scenario; runs it
/// once more, to record it.
Counterexample describe(const CheckOptions& options, const BlockScenario& scenario,
                        const Explorer& explorer);

}  // namespace simcheck::model
