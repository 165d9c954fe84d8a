#include "logs/no_superblock.hpp"

#include "logs/format.hpp"
#include "logs/holes.hpp"

namespace simcheck::logs {
NoSuperblock look_without_superblock(const ByteSource& source) {
  NoSuperblock found;
  WindowedSource window(source);
  found.all_zero = window.zero_run(0, source.size()) == source.size();
  if (found.all_zero) return found;
  std::uint64_t bytes_explained = 0;
  for (std::uint32_t size = kSectorSizeMin; size <= kSectorSizeMax; size *= 2) {
    if (size > source.size() / 2) break;
    SectorReader reader(source, size);
    const ChainEnd chain = follow_chain(reader, kFirstEntrySector, UINT64_MAX);
    if (chain.length == 0 || chain.sector * size <= bytes_explained) continue;
    bytes_explained = chain.sector * size;
    found.entries = chain.length;
    found.sector_size = size;
  }
  return found;
}

}  // namespace simcheck::logs
