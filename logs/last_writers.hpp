// Which entry wrote each byte of a stretch of the data device last.
#pragma once

#include <cstdint>
#include <map>

#include "logs/walk.hpp"

namespace simcheck::logs {

// Bytes [begin, end) of the device, last written or discarded by `entry`.
struct LastWrite {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
  Entry entry;
};

// Holds the stretch [begin(), end()) that it is made for, or the front of it: where writes are too
// scattered to remember, the stretch gets shorter.
class LastWriters {
 public:
  static constexpr std::size_t kExtentsMax = 1 << 17;

  LastWriters(std::uint64_t begin, std::uint64_t end) : begin_(begin), end_(end) {}

  // The next entry in log order; what lies outside of the stretch is cut off.
  void add(LastWrite written);

  std::uint64_t begin() const { return begin_; }
  std::uint64_t end() const { return end_; }
  // By position, disjoint.
  const std::map<std::uint64_t, LastWrite>& extents() const { return extents_; }

 private:
  void clear(std::uint64_t begin, std::uint64_t end);
  void shorten();

  std::uint64_t begin_;
  std::uint64_t end_;
  std::map<std::uint64_t, LastWrite> extents_;
};

}  // namespace simcheck::logs
