// The least number of preemptions with which the current execution's trace can be run.
//
// A preemption is a switch to the code of another fiber, away from one that is within its section
// and could go on. A disk request's effect is no switch: it takes nobody's processor. Of an
// execution that has not ended, a switch away from a fiber counts once that fiber has gone on: so
// the number never falls as the execution grows, and what is above a bound stays above it.
//
// The idea of counting an unfinished execution so that it never counts more than its completion:
// Marmanis, Vafeiadis, "Reconciling Preemption Bounding with DPOR", TACAS 2023.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "model/happens_before.hpp"
#include "model/strategy.hpp"

namespace simcheck::model {

class TracePreemptions {
 public:
  /// `footprints` must outlive this.
  TracePreemptions(const FootprintTable& footprints, std::size_t fibers)
      : footprints_(footprints), order_(footprints, fibers), fibers_(fibers), events_of_(fibers) {}

  /// Appends an event; `goes_on`: its fiber is still within its section afterwards.
  void push(const Transition& step, bool goes_on);
  /// Takes back all events but the first `size`.
  void resize(std::size_t size);
  std::size_t size() const { return order_.size(); }

  void save_or_load(Archive& archive);

  /// Has the trace a linearization of at most `bound` preemptions? `stuck` are the fibers that wait
  /// for a lock in the end; none of an execution that has not ended.
  bool within(std::uint32_t bound, std::span<const StuckFiber> stuck);
  /// The same of what happened before the power cut that is its last event; false if there is none.
  bool within_before_cut(std::uint32_t bound);

 private:
  class Search;

  const FootprintTable& footprints_;
  HappensBefore order_;
  std::size_t fibers_;
  std::vector<bool> goes_on_;                          // by event
  std::vector<std::vector<std::uint32_t>> events_of_;  // by fiber
};

}  // namespace simcheck::model
