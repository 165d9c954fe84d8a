// What a disk holds, and what of it is durable.
#include <algorithm>

#include "sim/disk.hpp"

namespace simcheck::sim {

Chunk Disk::run_at(std::uint64_t offset, std::uint64_t length_max) const {
  std::uint64_t end = offset + length_max;
  for (auto version = versions_.rbegin(); version != versions_.rend(); ++version) {
    if (offset < version->begin) {
      end = std::min(end, version->begin);
    } else if (offset < version->end) {
      return version->run(bytes_.data(), offset, std::min(end, version->end) - offset);
    }
  }
  return {nullptr, end - offset, std::byte{0}};
}

std::uint64_t Disk::end_of_content() const {
  std::uint64_t end = 0;
  for (const Version& version : versions_) end = std::max(end, version.end);
  return end;
}

bool Disk::is_durable(std::uint64_t offset, std::uint64_t length) const {
  return std::ranges::all_of(versions_, [&](const Version& version) {
    const bool elsewhere = version.end <= offset || offset + length <= version.begin;
    return elsewhere || is_durable(effects_[version.effect]);
  });
}

bool Disk::is_durable(const Effect& effect) const {
  return effect.completion != 0 && (effect.fua || effect.completion <= durable_completions_);
}

}  // namespace simcheck::sim
