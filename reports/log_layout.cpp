#include "reports/log_layout.hpp"

#include <algorithm>
#include <limits>

namespace simcheck::reports {
namespace {

using model::PlacedEntry;

std::uint64_t saturating_add(std::uint64_t a, std::uint64_t b) {
  const std::uint64_t max = std::numeric_limits<std::uint64_t>::max();
  return a > max - b ? max : a + b;
}

std::ptrdiff_t claimants(std::span<const PlacedEntry> entries, std::uint64_t sector) {
  return std::ranges::count_if(
      entries, [sector](const PlacedEntry& entry) { return claims(entry, sector); });
}

}  // namespace

std::vector<Segment> segments(std::span<const PlacedEntry> entries) {
  std::vector<std::uint64_t> bounds = {0, 1};
  for (const PlacedEntry& entry : entries) {
    bounds.insert(bounds.end(), {entry.header_sector, saturating_add(entry.header_sector, 1),
                                 claimed_end(entry)});
    if (!entry.data_at) continue;
    bounds.insert(bounds.end(),
                  {*entry.data_at, saturating_add(*entry.data_at, entry.data_sectors)});
  }
  std::ranges::sort(bounds);
  bounds.erase(std::unique(bounds.begin(), bounds.end()), bounds.end());
  std::vector<Segment> found;
  for (std::size_t i = 1; i < bounds.size(); ++i) found.push_back({bounds[i - 1], bounds[i]});
  return found;
}

std::uint64_t claimed_end(const PlacedEntry& entry) {
  return saturating_add(saturating_add(entry.header_sector, 1), entry.data_sectors);
}

bool claims(const PlacedEntry& entry, std::uint64_t sector) {
  return entry.header_sector <= sector && sector < claimed_end(entry);
}

bool data_lies_at(const PlacedEntry& entry, std::uint64_t sector) {
  return entry.data_at && *entry.data_at <= sector && sector - *entry.data_at < entry.data_sectors;
}

bool is_overlap(std::span<const PlacedEntry> entries, std::uint64_t sector) {
  return claimants(entries, sector) > (sector == 0 ? 0 : 1);
}

bool is_claimed_once(std::span<const PlacedEntry> entries, std::uint64_t sector) {
  return claimants(entries, sector) == (sector == 0 ? 0 : 1);
}

bool is_misplaced(const PlacedEntry& entry) {
  return entry.data_at && entry.data_sectors != 0 &&
         *entry.data_at != saturating_add(entry.header_sector, 1);
}

bool is_sound(std::span<const PlacedEntry> entries, std::uint64_t first_sector) {
  return std::ranges::none_of(entries, is_misplaced) &&
         std::ranges::all_of(segments(entries), [&](const Segment& segment) {
           const bool is_older = segment.begin != 0 && segment.end <= first_sector;
           return is_older || is_claimed_once(entries, segment.begin);
         });
}

Walk walk(std::span<const PlacedEntry> entries, std::uint64_t first_sector) {
  Walk walk{.stops_at = first_sector};
  while (walk.met.size() < entries.size()) {
    const auto next = std::ranges::find_if(entries, [&](const PlacedEntry& entry) {
      return entry.header_sector == walk.stops_at && !entry.header_failed;
    });
    if (next == entries.end()) break;
    walk.met.push_back(static_cast<std::size_t>(next - entries.begin()));
    walk.stops_at = claimed_end(*next);
  }
  return walk;
}

}  // namespace simcheck::reports
