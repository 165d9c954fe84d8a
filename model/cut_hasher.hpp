// When two power cuts leave the same: what is on the disks or could be, and what was promised of
// it, as a hash.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "sim/crash_image.hpp"
#include "sim/event.hpp"
#include "sim/hash128.hpp"

namespace simcheck::model {

class CutHasher {
 public:
  /// Takes in all that is on the disk or could be; of the order of effects, what an image can show.
  void add(const sim::CutDisk& disk);
  /// Takes in what was acknowledged, and what of it before which submission. Other submissions
  /// count only if somebody looks at them.
  void add(std::span<const sim::Event> events, bool sees_submissions);

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
};

}  // namespace simcheck::model
