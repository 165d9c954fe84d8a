#include "logs/no_superblock.hpp"

#include <algorithm>
#include <utility>

#include "logs/format.hpp"
#include "logs/holes.hpp"

namespace simcheck::logs {
namespace {

// Enough to tell the right sector size by.
constexpr std::uint64_t kEntriesLookedAt = 256;
// What a hole takes away from the entries around it: one may be found behind it by chance.
constexpr std::uint64_t kHoleCosts = 2;

// How well a log reads in sectors of some size: by entries, over holes, then by how far these
// reach.
using Fit = std::pair<std::uint64_t, std::uint64_t>;

Fit fit_of(SectorReader& reader) {
  if (!parses_as_header(reader, kFirstEntrySector)) return {};
  const HoleReading reading = read_over_holes(reader, kFirstEntrySector, 0, kEntriesLookedAt);
  const std::uint64_t entries = reading.entries - reading.holes.size();
  const std::uint64_t cost = std::min(entries, kHoleCosts * reading.holes.size());
  return {std::max<std::uint64_t>(entries - cost, 1), reading.end_sector * reader.sector_size()};
}

}  // namespace

NoSuperblock look_without_superblock(const ByteSource& source) {
  NoSuperblock found;
  WindowedSource window(source);
  found.all_zero = window.zero_run(0, source.size()) == source.size();
  if (found.all_zero) return found;
  Fit best{};
  for (std::uint32_t size = kSectorSizeMin; size <= kSectorSizeMax; size *= 2) {
    if (size > source.size() / 2) break;
    SectorReader reader(source, size);
    const Fit fit = fit_of(reader);
    if (fit <= best) continue;
    best = fit;
    found.entries = follow_chain(reader, kFirstEntrySector, UINT64_MAX).length;
    found.sector_size = size;
  }
  return found;
}

}  // namespace simcheck::logs
