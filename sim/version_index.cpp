#include "sim/version_index.hpp"

#include <algorithm>

namespace simcheck::sim {

// A sweep over the offsets. `hiding_` is a heap of the versions at hand, the latest on top; those
// that have ended are taken out when they come up.
void VersionIndex::make(std::span<const DiskVersion> versions) {
  visible_.clear();
  last_ = 0;
  sort_by_begin(versions);
  std::uint64_t at = 0;
  auto next = by_begin_.begin();
  while (next != by_begin_.end() || !hiding_.empty()) {
    if (hiding_.empty()) at = next->offset;
    for (; next != by_begin_.end() && next->offset <= at; ++next) {
      hiding_.push_back(next->version);
      std::ranges::push_heap(hiding_);
    }
    const DiskVersion& top = versions[hiding_.front()];
    const std::uint64_t end = next == by_begin_.end() ? top.end : std::min(top.end, next->offset);
    if (at < end) add(top, at, end);
    at = std::max(at, end);
    while (!hiding_.empty() && versions[hiding_.front()].end <= at) {
      std::ranges::pop_heap(hiding_);
      hiding_.pop_back();
    }
  }
}

// Logs grow, so the versions are nearly in order already.
void VersionIndex::sort_by_begin(std::span<const DiskVersion> versions) {
  by_begin_.clear();
  bool sorted = true;
  for (std::uint32_t i = 0; i < versions.size(); ++i) {
    sorted &= by_begin_.empty() || by_begin_.back().offset <= versions[i].begin;
    by_begin_.push_back({versions[i].begin, i});
  }
  if (sorted) return;
  std::ranges::sort(by_begin_, [](const Begin& a, const Begin& b) {
    return a.offset != b.offset ? a.offset < b.offset : a.version < b.version;
  });
}

void VersionIndex::add(const DiskVersion& version, std::uint64_t begin, std::uint64_t end) {
  if (!visible_.empty()) {
    DiskVersion& last = visible_.back();
    const bool goes_on = last.end == begin && last.effect == version.effect &&
                         last.bytes == DiskVersion::kFilled &&
                         version.bytes == DiskVersion::kFilled && last.fill == version.fill;
    if (goes_on) {
      last.end = end;
      return;
    }
  }
  DiskVersion part = version;
  if (part.bytes != DiskVersion::kFilled) part.bytes += begin - version.begin;
  part.begin = begin;
  part.end = end;
  visible_.push_back(part);
}

const DiskVersion* VersionIndex::find(std::uint64_t offset, std::uint64_t& end) const {
  const std::size_t near = std::min(last_ + 3, visible_.size());
  for (std::size_t i = last_; i < near; ++i) {
    const DiskVersion& version = visible_[i];
    if (offset < version.begin || version.end <= offset) continue;
    last_ = i;
    return &version;
  }
  const auto behind = std::ranges::upper_bound(visible_, offset, {}, &DiskVersion::begin);
  if (behind != visible_.begin() && offset < std::prev(behind)->end) {
    last_ = static_cast<std::size_t>(behind - visible_.begin()) - 1;
    return &visible_[last_];
  }
  if (behind != visible_.end()) end = std::min(end, behind->begin);
  return nullptr;
}

}  // namespace simcheck::sim
