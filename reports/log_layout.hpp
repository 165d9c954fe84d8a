// What lies where in the log: each entry's extent as its header claims it, and where its parts were
// really put. Sectors that look alike form segments, so that a terabyte costs what a page does.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "model/result.hpp"

namespace simcheck::reports {

/// Sectors [begin, end) of which all look alike.
struct Segment {
  std::uint64_t begin = 0, end = 0;
};

/// All sectors from 0 to the last one used, as few segments as possible.
std::vector<Segment> segments(std::span<const model::PlacedEntry> entries);

/// The sector behind the entry as its header claims it; saturates.
std::uint64_t claimed_end(const model::PlacedEntry& entry);
bool claims(const model::PlacedEntry& entry, std::uint64_t sector);
bool data_lies_at(const model::PlacedEntry& entry, std::uint64_t sector);

/// The entry has data, and it does not lie right behind the header.
bool is_misplaced(const model::PlacedEntry& entry);

/// Several entries claim the sector, or one claims the superblock's.
bool is_overlap(std::span<const model::PlacedEntry> entries, std::uint64_t sector);

/// Exactly one entry claims the sector, or none if it is the superblock's.
bool is_claimed_once(std::span<const model::PlacedEntry> entries, std::uint64_t sector);

/// No overlap, no gap, all data right behind its header.
bool is_sound(std::span<const model::PlacedEntry> entries, std::uint64_t first_sector = 1);

/// The entries a reader meets who starts at sector 1, or behind a log that is appended to, and
/// trusts the headers, as indices, and the sector where it then looks for a header in vain.
struct Walk {
  std::vector<std::size_t> met;
  std::uint64_t stops_at = 1;
};
Walk walk(std::span<const model::PlacedEntry> entries, std::uint64_t first_sector = 1);

}  // namespace simcheck::reports
