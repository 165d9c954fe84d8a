#include "logs/other_size.hpp"

#include <algorithm>

#include "logs/holes.hpp"

namespace simcheck::logs {
namespace {

// So many entries in a row do not parse by chance, nor do all that are counted.
constexpr std::uint64_t kConvincing = 3;
// Under the right size so many times more parse than under the wrong one.
constexpr std::uint64_t kHardlyAny = 4;

std::uint64_t entries_in_sectors_of(std::uint32_t sector_size, const ByteSource& source,
                                    std::uint64_t entries_max) {
  SectorReader reader(source, sector_size);
  return follow_chain(reader, kFirstEntrySector, entries_max).length;
}

}  // namespace

std::optional<NoSuperblock> find_other_size(const ByteSource& source, const Superblock& super) {
  if (super.magic != kMagic || super.version != kVersion || super.nr_entries == 0)
    return std::nullopt;
  const NoSuperblock found = look_without_superblock(source);
  if (found.entries < std::min(super.nr_entries, kConvincing)) return std::nullopt;
  if (!is_sector_size(super.sector_size)) return found;
  const std::uint64_t own =
      entries_in_sectors_of(super.sector_size, source, found.entries / kHardlyAny + 1);
  return found.sector_size != super.sector_size && own * kHardlyAny < found.entries
             ? std::optional(found)
             : std::nullopt;
}

bool parses_better(const ByteSource& source, std::uint32_t sector_size, std::uint32_t than) {
  return entries_in_sectors_of(sector_size, source, UINT64_MAX) >
         entries_in_sectors_of(than, source, UINT64_MAX);
}

}  // namespace simcheck::logs
