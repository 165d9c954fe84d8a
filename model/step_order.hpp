// The order among the steps of one execution that no run could change without changing what the
// steps see: the edges of its happens-before graph, without those that follow from others.
//
// Strategies need clocks and races instead (happens_before.hpp); this is for people, who want to
// see what a step depends on.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "sim/footprint.hpp"
#include "sim/ids.hpp"

namespace simcheck::model {

class StepOrder {
 public:
  /// Appends a step. The earlier steps of other fibers that it depends on directly, in order.
  std::vector<std::uint32_t> push(sim::FiberId fiber, std::span<const sim::Access> footprint);

 private:
  struct Step {
    sim::FiberId fiber;
    std::vector<sim::Access> footprint;
    std::vector<bool> past;  // of every earlier step: does it happen before this one?
  };

  void add_past_of(std::size_t earlier, std::vector<bool>& past) const;

  std::vector<Step> steps_;
};

}  // namespace simcheck::model
