// Which entry wrote each byte of a stretch of the data device last.
#pragma once

#include <algorithm>
#include <cstdint>
#include <iterator>
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
  // Nobody wrote [begin, end).
  void clear(std::uint64_t begin, std::uint64_t end);

  std::uint64_t begin() const { return begin_; }
  std::uint64_t end() const { return end_; }
  // By position, disjoint.
  const std::map<std::uint64_t, LastWrite>& extents() const { return extents_; }

  // Calls `visit(begin, end, written)` for the parts of [begin, end), in order; `written` is null
  // where nobody wrote.
  template <typename Visit>
  void for_parts(std::uint64_t begin, std::uint64_t end, const Visit& visit) const {
    if (begin >= end) return;
    const LastWrite* const nobody = nullptr;
    auto next = extents_.upper_bound(begin);
    if (next != extents_.begin() && std::prev(next)->second.end > begin) --next;
    for (; next != extents_.end() && next->first < end; ++next) {
      const LastWrite& written = next->second;
      if (begin < written.begin) visit(begin, written.begin, nobody);
      begin = std::max(begin, written.begin);
      visit(begin, std::min(end, written.end), &written);
      begin = std::min(end, written.end);
    }
    if (begin < end) visit(begin, end, nobody);
  }

 private:
  void shorten();

  std::uint64_t begin_;
  std::uint64_t end_;
  std::map<std::uint64_t, LastWrite> extents_;
};

}  // namespace simcheck::logs
