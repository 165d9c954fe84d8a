// What is on top of a list of versions, found by a search instead of a walk. Worth its making where
// a long list is asked many times, as when a simulation's segment is judged.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/event_disk.hpp"

namespace simcheck::sim {

class VersionIndex {
 public:
  bool empty() const { return visible_.empty(); }
  void clear() { visible_.clear(); }

  /// Of versions in order of effect; later ones hide earlier ones.
  void make(std::span<const DiskVersion> versions);

  /// The parts that are visible, in order of their offsets; they do not overlap.
  std::span<const DiskVersion> visible() const { return visible_; }

  /// The part that holds `offset`, or null; then `end` is lowered to where the next one begins.
  const DiskVersion* find(std::uint64_t offset, std::uint64_t& end) const;

 private:
  void sort_by_begin(std::span<const DiskVersion> versions);
  void add(const DiskVersion& version, std::uint64_t begin, std::uint64_t end);

  std::vector<DiskVersion> visible_;
  mutable std::size_t last_ = 0;  // found; readers of a log go on from there
  struct Begin {
    std::uint64_t offset;
    std::uint32_t version;
  };
  std::vector<Begin> by_begin_;        // kept for their memory
  std::vector<std::uint32_t> hiding_;  // likewise
};

}  // namespace simcheck::sim
