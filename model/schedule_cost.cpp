#include "model/schedule_cost.hpp"

#include <bit>

#include "model/archive.hpp"

namespace simcheck::model {
namespace {

using Last = std::optional<sim::FiberId>;

// A fiber that only waits for its turn among those that can be exchanged could go on without it.
std::uint32_t preemptions(const sim::World& world, sim::FiberId fiber, sim::FiberSet enabled,
                          Last last) {
  const bool switches = last && *last != fiber && !sim::contains(world.in_flight(), fiber);
  const sim::FiberSet could_run = enabled | world.ordered_back();
  return switches && sim::contains(could_run & world.in_section(), *last) ? 1 : 0;
}

// The fibers that could run and come before this one in turn, from the last one on.
std::uint32_t delays(sim::FiberId fiber, sim::FiberSet enabled, Last last) {
  const int start = last ? static_cast<int>(sim::index_of(*last)) : 0;
  const sim::FiberSet before = std::rotr(sim::bit_of(fiber), start) - 1;
  return static_cast<std::uint32_t>(std::popcount(std::rotr(enabled, start) & before));
}

}  // namespace

std::uint32_t ScheduleCost::of(sim::FiberId fiber, sim::FiberSet enabled) const {
  const Last last = path_.back().last;
  return what_ == ScheduleBound::Of::kDelays ? delays(fiber, enabled, last)
                                             : preemptions(explorer_.world(), fiber, enabled, last);
}

// An effect takes nobody's processor, so it does not end a fiber's turn.
void ScheduleCost::executed(const Transition& step) {
  if (step.is_section || what_ == ScheduleBound::Of::kDelays) path_.back().last = step.fiber;
}

void ScheduleCost::Point::save_or_load(Archive& archive) { archive(used, last); }

void ScheduleCost::save_or_load(Archive& archive) { archive(path_); }

}  // namespace simcheck::model
