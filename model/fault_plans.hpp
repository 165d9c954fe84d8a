// From the executions of one plan to the plans of one fault more.
//
// Every execution in which all faults of a plan happen begins like one of the plan without its last
// fault (in time), in which the others happen: up to that fault, the two are the same. So the
// requests that executions of a plan submitted are all that a fault can be added to, and no request
// need be guessed: where no execution submits an n-th, there is no plan for it.
#pragma once

#include <cstddef>
#include <vector>

#include "model/fault_options.hpp"
#include "sim/faults.hpp"

namespace simcheck::model {

/// What the executions of one plan did, all taken together.
struct FaultsMet {
  bool all_fired = false;  ///< all of the plan, in one of the executions
  /// By fiber, for each of its requests: the faults that could have hit it.
  std::vector<std::vector<sim::FaultKindSet>> possible;

  void add(const sim::FaultInjector& execution);
  void add(const FaultsMet& other);
};

/// For each lane the first of those that it is interchangeable with; itself if it is none.
using LaneClasses = std::vector<std::size_t>;

/// The plan that stands for all that differ from it by exchanging interchangeable lanes.
sim::FaultPlan canonical(const sim::FaultPlan& plan, const LaneClasses& classes);

/// The plans of one fault more, within the budgets: each behind the plan's own faults of its lane,
/// since another order gives the same plan.
std::vector<sim::FaultPlan> extensions(const sim::FaultPlan& plan, const FaultsMet& met,
                                       const FaultOptions& options);

}  // namespace simcheck::model
