// How much of a bound the current execution has used up, as it was run: its preemptions, or its
// delays.
//
// The scheduler that is delayed stays with a fiber, its disk requests included, as long as that can
// go on, and then takes the next one round robin; each delay passes over one that could run. Emmi,
// Qadeer, Rakamaric, "Delay-Bounded Scheduling", POPL 2011.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "model/explorer.hpp"
#include "model/schedule_bound.hpp"
#include "model/strategy.hpp"

namespace simcheck::model {

class ScheduleCost {
 public:
  /// `explorer` must outlive this.
  ScheduleCost(Explorer& explorer, ScheduleBound::Of what)
      : explorer_(explorer), what_(what), path_(1) {}

  /// Of all transitions so far.
  std::uint32_t used() const { return path_.back().used; }
  /// Of choosing `fiber` as the next among `enabled`.
  std::uint32_t of(sim::FiberId fiber, sim::FiberSet enabled) const;

  void chosen(sim::FiberId fiber, sim::FiberSet enabled) {
    path_.push_back({used() + of(fiber, enabled), path_.back().last});
  }
  void executed(const Transition& step);
  /// Back to the point after so many transitions.
  void resize(std::size_t size) { path_.resize(size + 1); }

  void save_or_load(Archive& archive);

 private:
  // After so many transitions: what is used up, and who ran last.
  struct Point {
    std::uint32_t used = 0;
    std::optional<sim::FiberId> last{};

    void save_or_load(Archive& archive);
  };

  Explorer& explorer_;
  ScheduleBound::Of what_;
  std::vector<Point> path_;
};

}  // namespace simcheck::model
