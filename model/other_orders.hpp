// Other orders of an execution that are the same Mazurkiewicz trace: its transitions, with those
// that are dependent in their order, and the others as far from theirs as can be.
//
// Stores that commute (sim::AccessMode::kStore) keep their order too, where they overlap. So
// whatever footprints tell the truth of is the same in each of these orders, contents included.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "model/happens_before.hpp"

namespace simcheck::model {

/// Which transition comes next, of those that can.
enum class OrderRule : std::uint8_t {
  kInTurns,         ///< one of the fiber behind that of the transition before
  kInTurnsDown,     ///< one of the fiber before that
  kLastFiberFirst,  ///< one of the last fiber
  kAtRandom,        ///< any fiber's, evenly
};

class OtherOrders {
 public:
  /// `footprints` are those of the execution's transitions.
  OtherOrders(const FootprintTable& footprints, std::span<const Transition> execution,
              std::size_t fibers);
  OtherOrders(const OtherOrders&) = delete;

  /// Where each transition of the new order is in the execution. The seed is for kAtRandom.
  std::vector<std::uint32_t> by(OrderRule rule, std::uint64_t seed = 0) const;

 private:
  FootprintId intern(std::span<const sim::Access> touched);
  sim::FiberSet possible(const std::vector<std::uint32_t>& done) const;
  bool is_possible(std::size_t event, const std::vector<std::uint32_t>& done) const;

  FootprintTable footprints_;  // with stores as ordinary writes
  HappensBefore execution_;
  std::vector<std::vector<std::uint32_t>> of_fiber_;  // its events, in order
};

}  // namespace simcheck::model
