// Replay: one execution, along a given schedule.
#pragma once

#include <memory>

#include "model/schedule.hpp"
#include "model/strategy.hpp"
#include "sim/world.hpp"

namespace simcheck::model {

/// Follows `schedule`, and when it ends goes on with the first enabled fiber each time. Throws
/// Divergence if a choice of the schedule is not possible.
std::unique_ptr<Strategy> make_replay(const sim::World& world, Schedule schedule);

/// Throws Divergence unless `fiber` can run now; `step` counts from 0 and is named
/// from 1, as in reports.
void require_enabled(const sim::World& world, sim::FiberId fiber, std::size_t step);

}  // namespace simcheck::model
