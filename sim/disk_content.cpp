// What a disk holds, and what of it is durable.
#include <algorithm>

#include "sim/disk.hpp"

namespace simcheck::sim {

Chunk Disk::run_at(std::uint64_t offset, std::uint64_t length_max) const {
  std::uint64_t end = offset + length_max;
  if (!index_.empty()) [[unlikely]] {
    if (const Version* version = index_.find(offset, end))
      return version->run(bytes_.items().data(), offset, std::min(end, version->end) - offset);
    return run_below(offset, end);
  }
  const std::span<const Version> versions = versions_.items();
  for (auto version = versions.rbegin(); version != versions.rend(); ++version) {
    if (offset < version->begin) {
      end = std::min(end, version->begin);
    } else if (offset < version->end) {
      return version->run(bytes_.items().data(), offset, std::min(end, version->end) - offset);
    }
  }
  return run_below(offset, end);
}

Chunk Disk::run_below(std::uint64_t offset, std::uint64_t end) const {
  if (settled_ != nullptr) return settled_->run_at(offset, end - offset);
  return {nullptr, end - offset, std::byte{0}};
}

std::uint64_t Disk::end_of_content() const {
  std::uint64_t end = settled_ != nullptr ? settled_->end_of_content() : 0;
  for (const Version& version : versions_.items()) end = std::max(end, version.end);
  return end;
}

bool Disk::is_durable(std::uint64_t offset, std::uint64_t length) const {
  return std::ranges::all_of(versions_.items(), [&](const Version& version) {
    const bool elsewhere = version.end <= offset || offset + length <= version.begin;
    return elsewhere || is_durable(version.effect);
  });
}

bool Disk::is_durable(std::uint32_t effect) const {
  const std::span<const std::uint32_t> completed = completed_.items();
  const auto found = std::ranges::find(completed, effect);
  if (found == completed.end()) return false;
  return effects_[effect].fua || found - completed.begin() < durable_completions_;
}

void Disk::settle(std::uint64_t forget_begin, std::uint64_t forget_end) {
  if (settled_ == nullptr) settled_ = std::make_unique<SettledContent>(size_);
  for (const Version& version : versions_.items()) {
    if (forget_begin <= version.begin && version.end <= forget_end) continue;
    settled_->put(version.begin,
                  version.run(bytes_.items().data(), version.begin, version.end - version.begin));
  }
  index_.clear();
  versions_.clear();
  bytes_.clear();
  effects_.clear();
  completed_.clear();
  durable_completions_ = 0;
  if (watched_ == nullptr) return;
  watched_->writes.clear();
  watched_->flushes.clear();
}

}  // namespace simcheck::sim
