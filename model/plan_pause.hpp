// A pause in the exploration of one plan of faults, as a pause in that of its workload: where it is
// among the plans, and where that of the plan is.
#pragma once

#include <functional>
#include <string>
#include <utility>

#include "model/workload_check.hpp"

namespace simcheck::model {

class PlanPause final : public Pause {
 public:
  /// Makes the state of the workload of that of the plan.
  using State = std::function<std::string(std::string)>;

  /// `before` are the counts of the plans before this one.
  PlanPause(Pause& plan, const Counts& before, State state)
      : plan_(plan), counts_(before), state_(std::move(state)) {
    counts_ += plan.counts();
  }

  const Counts& counts() const override { return counts_; }
  std::uint64_t images_read() const override { return plan_.images_read(); }
  /// How many plans are still to come is not known.
  double share() const override { return 0; }
  std::size_t growth() const override { return plan_.growth(); }
  std::string state() override { return state_(plan_.state()); }

 private:
  Pause& plan_;
  Counts counts_;
  State state_;
};

}  // namespace simcheck::model
