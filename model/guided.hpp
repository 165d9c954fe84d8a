// A strategy that keeps to a schedule as far as it can, though the code or the workload is not the
// one that the schedule was made for.
#pragma once

#include <memory>

#include "model/schedule.hpp"
#include "model/strategy.hpp"

namespace simcheck::model {

/// One execution: each choice is the first of the schedule that is left and possible. When none is,
/// the fiber that ran last goes on, or the lowest one does.
std::unique_ptr<Strategy> make_guided(Schedule schedule);

}  // namespace simcheck::model
