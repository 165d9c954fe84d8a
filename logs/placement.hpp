// Rules over placed entries: where a log's entries lie, as a reader of the log sees them.
//
// Entry i occupies log sectors [header, header + 1 + data). The simulation knows where a driver put
// each header, the image tools learn it from walking; both ask the same two questions here. Nothing
// is formatted and, up to 64 entries, nothing allocated: the checker asks in its hot loop.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "logs/format.hpp"

namespace simcheck::logs {

struct PlacedEntry {
  std::uint64_t header_sector = 0;
  std::uint64_t nr_sectors = 0;
  std::uint64_t flags = 0;

  // The first sector behind the entry; saturates where nr_sectors makes it pass 2^64.
  constexpr std::uint64_t end() const {
    return saturating_add(saturating_add(header_sector, 1), data_sectors(nr_sectors, flags));
  }
  friend bool operator==(const PlacedEntry&, const PlacedEntry&) = default;
};

// In place of an entry's index: the superblock, which owns sector 0.
inline constexpr std::size_t kSuperblockIndex = SIZE_MAX;

// Entries `first` and `second` (indices into the span; `first` begins at or before `second`, and
// may be kSuperblockIndex) both claim the sectors [begin, end).
struct Overlap {
  std::size_t first = 0;
  std::size_t second = 0;
  std::uint64_t begin = 0;
  std::uint64_t end = 0;

  friend bool operator==(const Overlap&, const Overlap&) = default;
};

// No entry covers [begin, end), though `after` lies behind it. `before` is the entry that ends at
// `begin`, or kSuperblockIndex.
struct Gap {
  std::size_t before = 0;
  std::size_t after = 0;
  std::uint64_t begin = 0;
  std::uint64_t end = 0;

  friend bool operator==(const Gap&, const Gap&) = default;
};

// The rule `no-overlap`: extents are pairwise disjoint and leave sector 0 alone. Returns the first
// overlap in log order (by position, then by index), or nothing. Entries may come in any order.
// Where a log is appended to, they begin at `first_sector`, and what lies below is as taboo as the
// superblock.
std::optional<Overlap> find_overlap(std::span<const PlacedEntry> entries,
                                    std::uint64_t first_sector = kFirstEntrySector);

// Half of the rule `contiguous`: sorted by position, entries start at `first_sector` and leave no
// gap.
// (The other half, data directly behind its header, needs to know where data was written.)
std::optional<Gap> find_gap(std::span<const PlacedEntry> entries,
                            std::uint64_t first_sector = kFirstEntrySector);

// The fault in words, one sentence. `entries` is what the fault was found in; the first of them is
// called entry `first_index`.
std::string explain(const Overlap& overlap, std::span<const PlacedEntry> entries,
                    std::uint64_t first_index = 0);
std::string explain(const Gap& gap, std::span<const PlacedEntry> entries,
                    std::uint64_t first_index = 0);

}  // namespace simcheck::logs
