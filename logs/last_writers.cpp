#include "logs/last_writers.hpp"

#include <algorithm>
#include <iterator>

namespace simcheck::logs {

void LastWriters::add(LastWrite written) {
  written.begin = std::max(written.begin, begin_);
  written.end = std::min(written.end, end_);
  if (written.begin >= written.end) return;
  clear(written.begin, written.end);
  extents_.emplace(written.begin, written);
  if (extents_.size() > kExtentsMax) shorten();
}

void LastWriters::clear(std::uint64_t begin, std::uint64_t end) {
  auto at = extents_.lower_bound(begin);
  if (at != extents_.begin()) {
    LastWrite& before = std::prev(at)->second;
    if (before.end > end) {
      LastWrite rest = before;
      rest.begin = end;
      extents_.emplace(end, rest);
    }
    before.end = std::min(before.end, begin);
  }
  while (at != extents_.end() && at->first < end) {
    LastWrite rest = at->second;
    at = extents_.erase(at);
    if (rest.end <= end) continue;
    rest.begin = end;
    extents_.emplace(end, rest);
    break;
  }
}

void LastWriters::shorten() {
  const auto half = std::next(extents_.begin(), kExtentsMax / 2);
  end_ = half->first;
  extents_.erase(half, extents_.end());
}

}  // namespace simcheck::logs
