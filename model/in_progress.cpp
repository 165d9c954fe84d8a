#include "model/in_progress.hpp"

#include <algorithm>

#include "model/explorer.hpp"
#include "sim/arena.hpp"

namespace simcheck::model {

// Strategies run between two steps. What tells them from the code under test costs a step nothing.
InProgress::Place InProgress::place() const {
  if (simulated_ != nullptr) return Place::kSimulated;
  if (explorer_ == nullptr) return Place::kBefore;
  const Place place = explorer_->place();
  const bool is_own_code = sim::Arena::available() && sim::ArenaScope::current() == nullptr;
  return place == Place::kInStep && is_own_code ? Place::kBetween : place;
}

std::size_t InProgress::steps() const {
  if (explorer_ == nullptr) return 0;
  return explorer_->steps_behind() + (place() == Place::kInStep ? 1 : 0);
}

sim::FiberId InProgress::step(std::size_t i) const {
  return i < explorer_->steps_behind() ? explorer_->step_behind(i) : explorer_->world().current();
}

std::string_view InProgress::fiber() const {
  if (simulated_ != nullptr) return simulated_->fiber_name(simulated_->current());
  if (place() != Place::kInStep) return {};
  return explorer_->world().fiber_name(explorer_->world().current());
}

std::uint64_t InProgress::sign_of_life() const {
  if (simulated_ != nullptr) return simulated_->steps();
  if (explorer_ == nullptr) return 0;
  const Counts& counts = explorer_->counts();
  return explorer_->statistics().transitions_run + explorer_->world().steps() + counts.executions +
         counts.blocked + explorer_->crashes().recoveries;
}

// The world says how far it is: where it repeats what it did, the path goes on behind that.
std::size_t Explorer::steps_behind() const {
  const std::size_t all = other_path_.empty() ? steps_.size() : other_path_.size();
  return std::min<std::size_t>(world().steps(), all);
}

sim::FiberId Explorer::step_behind(std::size_t i) const {
  return other_path_.empty() ? steps_[i].fiber : other_path_[i];
}

}  // namespace simcheck::model
