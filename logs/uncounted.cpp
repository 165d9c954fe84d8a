#include "logs/uncounted.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace simcheck::logs {
namespace {

// What reaches a device wholly or not at all; a log sector where those are smaller.
constexpr std::size_t kAtomBytes = 512;
// Remembered as one: what is explained in parts falls apart, and takes so much more memory at most.
constexpr std::size_t kAtomsMax = 8;

}  // namespace

bool Uncounted::for_each(const std::function<void(const LastWrite&)>& visit) const {
  if (!from_) return true;
  SectorReader reader(log_, sector_size_);
  std::uint64_t sector = *from_;
  while (true) {
    sector += reader.zero_sectors(sector, UINT64_MAX);
    if (!parses_as_header(reader, sector)) return !reader.failed();
    const Entry entry{0, sector, reader.header_at(sector)};
    const std::uint64_t begin = entry.header.sector * sector_size_;
    if (entry.header.nr_sectors != 0)
      visit({begin, begin + entry.header.nr_sectors * sector_size_, entry});
    sector = entry.placed().end();
  }
}

Doubts::Doubts(const Uncounted& uncounted, const ByteSource& log, std::uint32_t sector_size,
               ByteCompare& compare)
    : uncounted_(uncounted),
      log_(&log),
      sector_size_(sector_size),
      atom_bytes_(std::min<std::size_t>(kAtomBytes, sector_size)),
      compare_(compare) {}

void Doubts::add(Expected expected, const LastWrite& written, const Unexplained& unexplained) {
  const std::size_t piece_bytes = kAtomsMax * atom_bytes_;
  const auto remember = [&](std::uint64_t begin, std::uint64_t end) {
    for (; begin < end; begin += piece_bytes)
      doubts_.add({begin, std::min(end, begin + piece_bytes), written.entry});
  };
  const auto behind = [&](std::uint64_t at) {
    return Expected{expected.source, expected.at + (at - written.begin)};
  };
  std::uint64_t at = written.begin;
  // What is equal, and holes, are passed over fast.
  while (const auto differs = compare_.difference(behind(at), at, written.end)) {
    const std::size_t room = ByteCompare::kChunkBytes / atom_bytes_;
    if (doubts_.extents().size() + room > LastWriters::kExtentsMax) settle(unexplained);
    at += (differs->offset_bytes - at) / atom_bytes_ * atom_bytes_;
    const std::uint64_t end = std::min(written.end, at + ByteCompare::kChunkBytes);
    compare_.for_atoms(behind(at), at, end, atom_bytes_, false, remember);
    at = end;
  }
}

void Doubts::settle(const Unexplained& unexplained) {
  if (doubts_.extents().empty()) return;
  uncounted_.for_each([&](const LastWrite& uncounted) { explain(uncounted); });
  for (const auto& [begin, written] : doubts_.extents()) unexplained(written);
  doubts_.clear(0, UINT64_MAX);
}

void Doubts::explain(const LastWrite& uncounted) {
  if ((uncounted.entry.header.flags & kFlagDiscard) != 0)
    return doubts_.clear(uncounted.begin, uncounted.end);
  std::vector<std::pair<std::uint64_t, std::uint64_t>> explained;
  const auto remember = [&](auto begin, auto end) { explained.emplace_back(begin, end); };
  doubts_.for_parts(uncounted.begin, uncounted.end, [&](auto begin, auto end, const auto* doubt) {
    if (doubt == nullptr) return;
    const Expected content{log_, data_at({begin, end, uncounted.entry}, sector_size_)};
    compare_.for_atoms(content, begin, end, atom_bytes_, true, remember);
  });
  for (const auto& [begin, end] : explained) doubts_.clear(begin, end);
}

}  // namespace simcheck::logs
