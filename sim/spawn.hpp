// How a fiber is spawned, and how its transitions are named and kept in an order.
#pragma once

#include <cstdint>

#include "sim/ids.hpp"

namespace simcheck::sim {

class Latch;

struct SpawnOptions {
  RequestId request = kNoRequest;       ///< events of the fiber carry this request
  const Latch* starts_after = nullptr;  ///< the fiber starts when the latch opens; null: at once
  ThreadId thread{};                    ///< whose event loop runs it; threads count from 0
  /// Fibers of one class, counted from 1, run equal code, each on data of its own besides what all
  /// share: if any two of them are exchanged, everything goes as before but for their names. So an
  /// exploration may leave out executions (model/symmetry.hpp). 0: not to be exchanged.
  std::uint32_t symmetry_class = 0;
};

/// The n-th transition of a fiber, from 1.
struct TransitionName {
  FiberId fiber{};
  std::uint32_t number = 1;

  friend bool operator==(const TransitionName&, const TransitionName&) = default;
};

struct TransitionOrder {
  TransitionName earlier, later;
  bool or_end = false;  ///< an earlier fiber that ends before that transition holds nobody back
};

}  // namespace simcheck::sim
