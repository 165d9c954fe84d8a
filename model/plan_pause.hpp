// A pause in the exploration of one plan of faults, as a pause in that of its workload.
#pragma once

#include <string>

#include "model/workload_check.hpp"

namespace simcheck::model {

class PlanPause final : public Pause {
 public:
  /// `before` are the counts of the plans before this one.
  PlanPause(Pause& plan, const Counts& before) : plan_(plan), counts_(before) {
    counts_ += plan.counts();
  }

  const Counts& counts() const override { return counts_; }
  /// How many plans are still to come is not known.
  double share() const override { return 0; }
  std::size_t growth() const override { return plan_.growth(); }
  /// Never asked for: with plans, no checkpoints are written.
  std::string state() override { return {}; }

 private:
  Pause& plan_;
  Counts counts_;
};

}  // namespace simcheck::model
