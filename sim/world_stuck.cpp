// Why the fibers of a World that never ended are stuck: for deadlock reports.
#include <algorithm>

#include "sim/world.hpp"

namespace simcheck::sim {

std::vector<StuckFiber> World::stuck_fibers() const {
  std::vector<StuckFiber> stuck;
  for (const auto& state : fibers_) {
    if (contains(unfinished_, state->id))
      stuck.push_back({fiber_name(state->id), waits_for(*state)});
  }
  return stuck;
}

std::string World::waits_for(const FiberState& state) const {
  if (state.waiting) return waits_for_object(state);
  const bool may_start = state.started || contains(ready_, state.id);
  if (!may_start && plan_of(state.id).starts_after != nullptr)
    return "the requests of the stage before it";
  if (!contains(locked_out_, state.id))
    return "its thread, which " + fiber_name(stopper_) + " stopped";
  if (state.wants == nullptr)
    return "its thread, which " + fiber_name(holder_of_thread(state)) + " stopped";
  return "mutex " + std::string(object_name(state.wants->object)) +
         held_by(state.wants->holder, state.id);
}

std::string World::waits_for_object(const FiberState& state) const {
  std::string what = state.waits_for_kind;
  if (!what.empty()) what += ' ';
  what += object_name(state.waits_for);
  const auto held = std::ranges::find(locks_held_, state.waits_for, &HeldLock::lock);
  return held == locks_held_.end() ? what : what + held_by(held->holder, state.id);
}

std::string World::held_by(FiberId holder, FiberId waiting) const {
  return ", which " + (holder == waiting ? "it holds itself" : fiber_name(holder) + " holds");
}

}  // namespace simcheck::sim
