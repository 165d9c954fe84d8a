#include "logs/wrong_entry.hpp"

#include <algorithm>
#include <vector>

namespace simcheck::logs {
namespace {

constexpr std::uint64_t kSearchedMax = 65536;  // sectors

// The longest chain of entries that begins within sectors [first, last) and leads on to `end`
// exactly; of two as long, neither.
struct InnerChain {
  std::uint64_t sector = 0;
  std::uint64_t length = 0;
  bool is_only = false;
};

// From the back, so that each header is one step to what is known already.
InnerChain longest_inner_chain(SectorReader& reader, std::uint64_t first, std::uint64_t last,
                               std::uint64_t end) {
  std::vector<std::uint32_t> lengths(last - first);  // 0: leads elsewhere
  InnerChain best;
  for (std::uint64_t at = last; at-- > first;) {
    if (!parses_as_header(reader, at)) continue;
    const std::uint64_t next = Entry{0, at, reader.header_at(at)}.placed().end();
    const std::uint32_t rest = next < last ? lengths[next - first] : 0;
    if (next != end && rest == 0) continue;
    const std::uint32_t length = lengths[at - first] = rest + 1;
    if (length < best.length) continue;
    best = {at, length, length > best.length};
  }
  return best;
}

// Where the next header is, and where the counted entries end.
struct TrueReading {
  std::uint64_t next_header = 0;
  std::uint64_t end_sector = 0;
};

// A length that is too large hides the headers behind it, and leads into the middle of an entry:
// they are just as many as are missing. If they are not, the superblock may lag behind, and nothing
// about lengths is certain. One that is too small leads to what looks like an entry more than were
// counted.
std::optional<TrueReading> true_reading(SectorReader& reader, const Entry& before,
                                        const HoleReading& reading, std::uint64_t count) {
  const Hole& hole = reading.holes.front();
  const std::uint64_t last = hole.at.log_sector;
  const std::uint64_t first = std::max(before.log_sector + 1, last - std::min(last, kSearchedMax));
  const InnerChain found = longest_inner_chain(reader, first, last, hole.end());
  if (found.length != 0) {
    const std::uint64_t missing = count - reading.entries + 1;
    if (!found.is_only || reading.beyond != 0 || found.length != missing) return std::nullopt;
    return TrueReading{found.sector, reading.end_sector};
  }
  if (reading.beyond != 1) return std::nullopt;
  return TrueReading{hole.end(), follow_chain(reader, reading.end_sector, 1).sector};
}

}  // namespace

std::optional<WrongEntry> find_wrong_entry(SectorReader& reader, const Entry& before,
                                           const HoleReading& reading, std::uint64_t count) {
  const Hole& hole = reading.holes.front();
  if (reading.stuck || reading.holes.size() != 1 || hole.zeroes || hole.repair) return std::nullopt;
  if (before.index + 1 != hole.at.index) return std::nullopt;
  const std::optional<TrueReading> found = true_reading(reader, before, reading, count);
  if (!found) return std::nullopt;
  const std::optional<Repair> repair = find_repair(reader, before, found->next_header);
  if (!repair) return std::nullopt;
  return WrongEntry{before, *repair, found->next_header, found->end_sector};
}

}  // namespace simcheck::logs
