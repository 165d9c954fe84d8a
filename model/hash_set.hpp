// Which hashes were seen: a set whose memory is bounded, and that says so when it is full.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/hash128.hpp"

namespace simcheck::model {

class Archive;

class HashSet {
 public:
  /// Keeps at most `size_max` hashes, in up to 64 bytes each.
  explicit HashSet(std::size_t size_max) : size_max_(size_max), slots_(64) {}

  enum class Insertion : std::uint8_t {
    kNew,
    kKnown,
    kFull,  ///< it is not in the set, and there is no room for it
  };
  Insertion insert(sim::Hash128 hash);
  bool contains(sim::Hash128 hash) const;

  std::size_t size() const { return size_; }

  /// Bytes that it allocates at once if it grows for so many more hashes; 0 if it need not.
  std::size_t growth(std::size_t more) const;

  void save_or_load(Archive& archive);

 private:
  std::size_t slot_of(const sim::Hash128& hash) const;
  void grow();

  std::size_t size_max_;
  std::size_t size_ = 0;
  std::vector<sim::Hash128> slots_;  // open addressing; zero: free
};

}  // namespace simcheck::model
