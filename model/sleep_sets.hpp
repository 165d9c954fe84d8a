// Sleep sets: which fibers need not run next in each state of the present path, since what comes of
// that was explored already, from there or from an earlier state.
//
// Source: P. Godefroid, "Partial-Order Methods for the Verification of Concurrent Systems", LNCS
// 1032, 1996. A fiber is put to sleep where its branch was explored, and wakes with the first
// transition that conflicts with the one it would have.
#pragma once

#include <cstddef>
#include <vector>

#include "model/archive.hpp"
#include "model/footprint_table.hpp"
#include "sim/fiber_set.hpp"

namespace simcheck::model {

class SleepSets {
 public:
  /// `footprints` must outlive this.
  SleepSets(const FootprintTable& footprints, std::size_t fibers)
      : footprints_(footprints), fibers_(fibers) {}

  /// The state before event `depth` is a new one: nobody sleeps in it.
  void enter(std::size_t depth) {
    if (sleeping_.size() <= depth) [[unlikely]] {
      sleeping_.resize(depth + 1);
      would_touch_.resize(sleeping_.size() * fibers_);
    }
    sleeping_[depth] = 0;
  }

  sim::FiberSet in(std::size_t depth) const { return sleeping_[depth]; }
  bool sleeps(std::size_t depth, sim::FiberId fiber) const {
    return contains(sleeping_[depth], fiber);
  }
  /// What a sleeper's transition would touch.
  FootprintId footprint(std::size_t depth, sim::FiberId sleeper) const {
    return would_touch_[depth * fibers_ + sim::index_of(sleeper)];
  }

  void put_to_sleep(std::size_t depth, sim::FiberId fiber, FootprintId footprint) {
    sleeping_[depth] |= sim::bit_of(fiber);
    would_touch_[depth * fibers_ + sim::index_of(fiber)] = footprint;
  }

  /// Who sleeps in the state before event `depth` and would not be woken by an event that touches
  /// `ran`.
  sim::FiberSet undisturbed(std::size_t depth, FootprintId ran) const {
    sim::FiberSet undisturbed = 0;
    for (sim::FiberSet s = sleeping_[depth]; s != 0; s &= s - 1) {
      const sim::FiberId sleeper = sim::first_of(s);
      if (footprints_.independent(footprint(depth, sleeper), ran))
        undisturbed |= sim::bit_of(sleeper);
    }
    return undisturbed;
  }

  /// The state behind that event, which was entered, has them from the one before it.
  void inherit(std::size_t depth, FootprintId ran) {
    for (sim::FiberSet s = undisturbed(depth, ran); s != 0; s &= s - 1) {
      const sim::FiberId sleeper = sim::first_of(s);
      put_to_sleep(depth + 1, sleeper, footprint(depth, sleeper));
    }
  }

  void save_or_load(Archive& archive) { archive(sleeping_, would_touch_); }

 private:
  const FootprintTable& footprints_;
  std::size_t fibers_;
  std::vector<sim::FiberSet> sleeping_;   // [i]: in the state before event i
  std::vector<FootprintId> would_touch_;  // [i * fibers + f]: of sleeper f there
};

}  // namespace simcheck::model
