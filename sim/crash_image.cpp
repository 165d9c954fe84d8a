#include "sim/crash_image.hpp"

#include <algorithm>
#include <span>

#include "sim/assert.hpp"

namespace simcheck::sim {
namespace {

constexpr std::int64_t kNone = -1;

std::int64_t number(const DiskVersion& version) { return version.effect; }

bool overlaps(const DiskVersion& version, std::uint64_t begin, std::uint64_t end) {
  return version.begin < end && begin < version.end;
}

// The end of the sectors from `begin` on, a multiple of `size`, in which no version has a part.
std::uint64_t untouched_until(std::span<const DiskVersion> versions, std::uint64_t begin,
                              std::uint64_t size) {
  std::uint64_t end = UINT64_MAX;
  for (const DiskVersion& version : versions) {
    if (version.end <= begin || version.begin == version.end) continue;
    end = std::min(end, std::max(begin, version.begin / size * size));
  }
  return end;
}

constexpr std::uint64_t saturating_multiply(std::uint64_t a, std::uint64_t b) {
  return a != 0 && b > UINT64_MAX / a ? UINT64_MAX : a * b;
}

std::uint64_t saturating_power(std::uint64_t base, std::uint64_t exponent) {
  std::uint64_t power = 1;
  for (; exponent > 0 && power != UINT64_MAX && base > 1; --exponent) {
    power = saturating_multiply(power, base);
  }
  return power;
}

}  // namespace

std::string_view to_string(Durability durability) {
  switch (durability) {
    case Durability::kSectorSubset:
      return "sector-subset";
    case Durability::kPrefix:
      return "prefix";
    case Durability::kWholeRequests:
      return "whole-requests";
    case Durability::kCacheOff:
      return "cache-off";
  }
  return "";
}

std::uint32_t Choices::choose(std::uint32_t count) {
  if (at_ == path_.size()) path_.push_back({0, count});
  SIMCHECK_ASSERT(path_[at_].of == count,
                  "the same choices come up again: a recovery reads nothing but the disks");
  return path_[at_++].taken;
}

bool Choices::next() {
  path_.resize(at_);
  at_ = 0;
  while (!path_.empty() && path_.back().taken + 1 == path_.back().of) path_.pop_back();
  if (path_.empty()) return false;
  ++path_.back().taken;
  return true;
}

CutDisk::CutDisk(const ContentView& disk, CrashModel model, const ContentView* below)
    : disk_(disk), below_(below), model_(model), record_(disk.record()) {
  SIMCHECK_ASSERT(record_.kept, "a disk whose power is cut is watched");
  for (const DiskWrite& write : record_.writes) {
    const bool durable =
        model.durability == Durability::kCacheOff || record_.durable_from(write) != kNever;
    durable_.push_back(durable);
    if (durable) open_from_ = static_cast<std::uint32_t>(durable_.size());
  }
}

Chunk CutDisk::below(std::uint64_t offset, std::uint64_t length_max) const {
  if (below_ != nullptr) return below_->run_at(offset, length_max);
  if (record_.settled != nullptr) return record_.settled->run_at(offset, length_max);
  return {nullptr, length_max, std::byte{0}};
}

// Writes of nothing make no difference.
std::uint64_t CutDisk::open_writes() const {
  std::uint64_t open = 0;
  for (std::size_t i = 0; i < durable_.size(); ++i) {
    const bool is_open = model_.durability == Durability::kPrefix ? i >= open_from_ : !durable_[i];
    open += is_open && record_.writes[i].length > 0 ? 1 : 0;
  }
  return open;
}

std::uint64_t CutDisk::images() const {
  const auto is_open = [this](const DiskVersion& v) { return !is_durable(v); };
  switch (model_.durability) {
    case Durability::kCacheOff:
      return 1;
    case Durability::kPrefix:
      return open_writes() + 1;
    case Durability::kWholeRequests:
      return saturating_power(2, open_writes());
    case Durability::kSectorSubset:
      break;
  }
  // Between two neighbouring bounds of versions all sectors have the same ones.
  const std::uint64_t size = model_.sector_bytes;
  std::vector<std::uint64_t> bounds;
  for (const DiskVersion& version : record_.versions) {
    bounds.push_back(version.begin / size);
    bounds.push_back((version.end + size - 1) / size);
  }
  std::ranges::sort(bounds);
  std::uint64_t images = 1;
  for (std::size_t i = 1; i < bounds.size(); ++i) {
    const std::uint64_t begin = bounds[i - 1] * size, end = bounds[i] * size;
    std::uint64_t contents = 1;
    std::int64_t last = kNone;  // an effect of several parts counts once
    for (const DiskVersion& version : record_.versions) {
      if (!overlaps(version, begin, end)) continue;
      if (!is_open(version)) contents = 1;
      if (is_open(version) && number(version) != last) ++contents;
      last = number(version);
    }
    images = saturating_multiply(images, saturating_power(contents, bounds[i] - bounds[i - 1]));
  }
  return images;
}

CrashImage::CrashImage(const CutDisk& disk, Choices& choices)
    : disk_(disk),
      choices_(choices),
      prefix_from_(std::int64_t{disk.open_from()} - 1),
      prefix_to_(static_cast<std::int64_t>(disk.record().writes.size()) - 1) {
  if (disk.model().durability == Durability::kWholeRequests) {
    survives_.assign(disk.record().writes.size(), -1);
  }
}

bool CrashImage::is_there(const DiskVersion& version, std::int64_t last) const {
  if (disk_.is_durable(version)) return true;
  if (!survives_.empty()) return survives_[version.effect] == 1;
  return number(version) <= last;
}

// What a sector holds is decided as a whole, so a run never goes beyond one that has a choice.
// Where nothing was written there are none, however far that goes.
Chunk CrashImage::run_at(std::uint64_t offset, std::uint64_t length_max) const {
  const std::uint64_t size = disk_.model().sector_bytes;
  const std::uint64_t sector = offset / size;
  const std::uint64_t untouched = untouched_until(disk_.record().versions, sector * size, size);
  if (untouched > offset) return disk_.below(offset, std::min(length_max, untouched - offset));
  const std::uint64_t end = std::min(offset + length_max, (sector + 1) * size);
  return run(offset, end, last_effect(sector));
}

Chunk CrashImage::run(std::uint64_t offset, std::uint64_t end, std::int64_t last) const {
  const auto versions = disk_.record().versions;
  for (auto version = versions.rbegin(); version != versions.rend(); ++version) {
    if (version->end <= offset || end <= version->begin || !is_there(*version, last)) continue;
    if (version->begin <= offset) {
      return version->run(disk_.record().bytes, offset, std::min(end, version->end) - offset);
    }
    end = version->begin;
  }
  return disk_.below(offset, end - offset);
}

std::int64_t CrashImage::last_effect(std::uint64_t sector) const {
  const std::uint64_t size = disk_.model().sector_bytes;
  const std::uint64_t begin = sector * size, end = begin + size;
  switch (disk_.model().durability) {
    case Durability::kCacheOff:
      return kNone;
    case Durability::kPrefix:
      return decide_prefix(begin, end);
    case Durability::kWholeRequests:
      decide_requests(begin, end);
      return kNone;
    case Durability::kSectorSubset:
      break;
  }
  const auto known = std::ranges::find(sectors_, sector, &Sector::number);
  if (known != sectors_.end()) return known->last;
  const std::int64_t last = decide_sector(begin, end);
  sectors_.push_back({sector, last});
  return last;
}

// The alternatives are the effects behind the last durable one, and that one; latest first, so that
// the first image of all has lost nothing. Those that leave the same bytes are one.
std::int64_t CrashImage::decide_sector(std::uint64_t begin, std::uint64_t end) const {
  std::vector<std::int64_t> alternatives;
  const auto add = [&](std::int64_t last) {
    const bool known = std::ranges::any_of(
        alternatives, [&](std::int64_t other) { return same_sector(begin, end, last, other); });
    if (!known) alternatives.push_back(last);
  };
  const auto versions = disk_.record().versions;
  for (auto version = versions.rbegin(); version != versions.rend(); ++version) {
    if (!overlaps(*version, begin, end)) continue;
    if (disk_.is_durable(*version)) {
      add(number(*version));
      break;
    }
    add(number(*version));
  }
  if (alternatives.empty()) return kNone;
  const bool has_durable = std::ranges::any_of(versions, [&](const DiskVersion& version) {
    return overlaps(version, begin, end) && disk_.is_durable(version);
  });
  if (!has_durable) add(kNone);
  if (alternatives.size() == 1) return alternatives.front();
  return alternatives[choices_.choose(static_cast<std::uint32_t>(alternatives.size()))];
}

// Narrows the range of possible last effects to those that leave the same on this sector.
std::int64_t CrashImage::decide_prefix(std::uint64_t begin, std::uint64_t end) const {
  std::vector<std::int64_t> from;  // the ranges, latest first, by where they begin
  const auto versions = disk_.record().versions;
  for (auto version = versions.rbegin(); version != versions.rend(); ++version) {
    const std::int64_t effect = number(*version);
    if (!overlaps(*version, begin, end) || effect > prefix_to_ || effect <= prefix_from_) continue;
    if (from.empty() || from.back() != effect) from.push_back(effect);
  }
  from.push_back(prefix_from_);
  if (from.size() > 1) {
    const std::uint32_t chosen = choices_.choose(static_cast<std::uint32_t>(from.size()));
    if (chosen > 0) prefix_to_ = from[chosen - 1] - 1;
    prefix_from_ = from[chosen];
  }
  return prefix_from_;
}

// From the latest write back to one that hides all before it.
void CrashImage::decide_requests(std::uint64_t begin, std::uint64_t end) const {
  const auto versions = disk_.record().versions;
  for (auto version = versions.rbegin(); version != versions.rend(); ++version) {
    if (!overlaps(*version, begin, end)) continue;
    std::int8_t& survives = survives_[version->effect];
    if (disk_.is_durable(*version)) survives = 1;
    if (survives < 0) survives = choices_.choose(2) == 0 ? 1 : 0;
    if (survives == 1 && version->begin <= begin && end <= version->end) return;
  }
}

bool CrashImage::same_sector(std::uint64_t begin, std::uint64_t end, std::int64_t a,
                             std::int64_t b) const {
  for (std::uint64_t at = begin; at < end;) {
    const Chunk x = run(at, end, a), y = run(at, end, b);
    const std::uint64_t length = std::min(x.length, y.length);
    for (std::uint64_t i = 0; i < length; ++i) {
      const std::byte left = x.bytes != nullptr ? x.bytes[i] : x.fill;
      if (left != (y.bytes != nullptr ? y.bytes[i] : y.fill)) return false;
      if (x.bytes == nullptr && y.bytes == nullptr) break;
    }
    at += length;
  }
  return true;
}

std::vector<std::uint32_t> CrashImage::lost() const {
  std::vector<std::uint32_t> lost;
  const auto add = [&](std::uint32_t effect) {
    if (std::ranges::find(lost, effect) == lost.end()) lost.push_back(effect);
  };
  for (const DiskVersion& version : disk_.record().versions) {
    if (disk_.is_durable(version)) continue;
    if (disk_.model().durability == Durability::kPrefix && number(version) > prefix_to_) {
      add(version.effect);
    }
    if (!survives_.empty() && survives_[version.effect] == 0) add(version.effect);
    for (const Sector& sector : sectors_) {
      const std::uint64_t begin = sector.number * disk_.model().sector_bytes;
      const bool here = overlaps(version, begin, begin + disk_.model().sector_bytes);
      if (here && number(version) > sector.last) add(version.effect);
    }
  }
  return lost;
}

}  // namespace simcheck::sim
