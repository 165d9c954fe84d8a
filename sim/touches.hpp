// What the running transition touches: its footprint, and a hash of each touch in order.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "sim/footprint.hpp"

namespace simcheck::sim {

class Touches {
 public:
  /// A transition begins.
  void begin() {
    footprint_.clear();
    hash_ = 0;
  }
  /// One begins that is only hashed, as the one before it.
  void begin_again() { hash_ = 0; }
  /// No more than that many different accesses, if no room is to be made later.
  void reserve(std::size_t accesses) { footprint_.reserve(accesses); }

  void add(const Access& use) {
    mix((std::uint64_t{index_of(use.object)} << 3 | static_cast<std::uint64_t>(use.mode)) +
        use.begin);
    if (!only_hash_) add_to_footprint(use);
  }
  /// An access that is no part of the hash; mix() what led to it.
  void add_to_footprint(const Access& use);
  void mix(std::uint64_t what) { hash_ = (hash_ ^ what) * 0x9e3779b97f4a7c15; }

  /// While true, no footprint is made.
  void only_hash(bool only) {
    only_hash_ = only;
    if (only) footprint_.clear();
  }
  bool only_hashes() const { return only_hash_; }

  std::span<const Access> footprint() const { return footprint_; }
  std::uint64_t hash() const { return hash_; }

 private:
  std::vector<Access> footprint_;
  std::uint64_t hash_ = 0;
  bool only_hash_ = false;
};

}  // namespace simcheck::sim
