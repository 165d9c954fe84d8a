// Bounds on the schedule: strategies that leave out what goes beyond, and a search that raises the
// bound step by step. Definitions and guarantees: docs/strategies.md, "Bounds".
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>

#include "model/explorer.hpp"
#include "model/schedule_bound.hpp"
#include "model/strategy.hpp"

namespace simcheck::model {

/// Every execution whose own schedule keeps to the bound, once. `explorer` must outlive it.
std::unique_ptr<Strategy> make_bounded_dfs(Explorer& explorer, ScheduleBound bound);

/// How many preemptions beyond the bound a world of so many threads makes necessary on the way
/// between traces within it.
std::uint32_t preemption_slack(std::size_t threads);

/// Every trace with a linearization of at most `preemptions`, once; what is beyond that, but within
/// the slack, is run too, and does not count.
std::unique_ptr<Strategy> make_bounded_dpor(Explorer& explorer, std::uint32_t preemptions,
                                            std::uint32_t slack);

/// The strategies for the bounds 0, 1, 2, ... up to `bound_max`, one after the other, until one was
/// not cut. Counts are those of the last.
std::unique_ptr<Strategy> make_rising(std::uint32_t bound_max,
                                      std::function<std::unique_ptr<Strategy>(std::uint32_t)> make);

/// What `--preemptions N` and `--delays N` stand for: the bounds from 0 on, with dfs or with dpor.
std::unique_ptr<Strategy> make_bounded(Explorer& explorer, ScheduleBound bound, bool with_dfs);

}  // namespace simcheck::model
