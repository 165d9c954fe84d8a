#include "logs/tail.hpp"

#include <algorithm>

#include "logs/holes.hpp"

namespace simcheck::logs {
namespace {

constexpr std::uint64_t kSearchBytes = 4 << 20;
constexpr std::uint64_t kEntriesWanted = 3;  // by chance there may be fewer

}  // namespace

Tail look_at_tail(SectorReader& reader, std::uint64_t sector) {
  Tail tail{.sector = sector};
  if (sector >= reader.sectors()) return tail;
  tail.zero_sectors = reader.zero_sectors(sector, UINT64_MAX);
  const std::uint64_t data = tail.data_sector();
  if (data >= reader.sectors()) return tail;
  tail.entries_sector = data;
  tail.entries = follow_chain(reader, data, UINT64_MAX).length;
  if (tail.entries > 0) return tail;
  tail.foreign_bytes = true;
  const std::uint64_t limit =
      data + std::max<std::uint64_t>(1, kSearchBytes / reader.sector_size());
  const auto found = Resync(reader).find(data + 1, kEntriesWanted, limit);
  if (!found) return tail;
  tail.entries_sector = *found;
  tail.entries = follow_chain(reader, *found, UINT64_MAX).length;
  return tail;
}

}  // namespace simcheck::logs
