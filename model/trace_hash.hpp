// A number for each Mazurkiewicz trace: 128 bits that two executions share if they are equivalent,
// and in all likelihood only then.
//
// A trace is the set of its events with their partial order, which vector clocks hold completely.
// Each event is hashed with its fiber, its number within the fiber, what it touched and its clock;
// the sum of these hashes does not depend on the order of the events. Equal sums of different
// traces need some 2^64 executions before they are to be expected.
#pragma once

#include "model/footprint_table.hpp"
#include "model/happens_before.hpp"
#include "model/strategy.hpp"
#include "sim/hash128.hpp"

namespace simcheck::model {

using TraceHash = sim::Hash128;

/// Hashes one execution after the other, transition by transition.
class TraceHasher {
 public:
  /// `footprints` must outlive this. Its numbers do not enter the hash, their contents do.
  TraceHasher(const FootprintTable& footprints, std::size_t fibers)
      : footprints_(footprints), order_(footprints, fibers) {}

  /// The next execution begins.
  void clear();
  void push(const Transition& transition);

  /// Of the execution so far.
  const TraceHash& hash() const { return hash_; }

 private:
  const FootprintTable& footprints_;
  HappensBefore order_;
  TraceHash hash_;
};

}  // namespace simcheck::model
