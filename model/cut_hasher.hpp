// When two power cuts leave the same: what is on the disks or could be, and what was promised of
// it, as a hash.
#pragma once

#include <cstdint>
#include <vector>

#include "properties/property.hpp"
#include "sim/crash_image.hpp"
#include "sim/event_disk.hpp"
#include "sim/event_history.hpp"
#include "sim/hash128.hpp"

namespace simcheck::model {

/// What properties look at in the events before a cut.
struct SeenEvents {
  std::uint32_t kinds = bit_of(sim::EventKind::kAcknowledged);  ///< bits; others are part of orders
  std::vector<properties::Order> orders;                        ///< moments of disks are left out
};

class CutHasher {
 public:
  /// Takes in all that is on the disk or could be; of the order of effects, what an image can show.
  void add(const sim::CutDisk& disk);
  /// Takes in which events came before the cut, of those kinds that somebody looks at, and what of
  /// their order. Submissions that are only part of orders count once they are acknowledged.
  void add(const sim::History& history, const SeenEvents& seen);

  /// Of all that was taken in since the last call.
  sim::Hash128 take();

 private:
  // A version, and the parts of the disk that survive or not together where it lies: [first, last].
  struct Hashed {
    sim::Hash128 hash;
    std::uint64_t first, last;
  };

  sim::Hash128 hash_ = sim::kHashSeed;
  std::vector<Hashed> earlier_;
  std::vector<sim::Hash128> written_;  // by order: of its `writes` so far
};

}  // namespace simcheck::model
