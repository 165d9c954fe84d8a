#include "logs/holes.hpp"

#include <algorithm>

namespace simcheck::logs {
namespace {

// A chain of this many headers is taken for the log's, wherever it leads.
constexpr std::uint64_t kChainEnough = 64;
// Guest data passes for this many headers in a row only if it is a log itself.
constexpr std::uint64_t kChainConvincing = 3;
// A chain too short to be sure of competes with those that begin within so much of it.
constexpr std::uint64_t kWindowBytes = 32 << 20;
constexpr std::uint64_t kWindowSectorsMin = 64;
// Sectors looked at: a few passes over the log.
constexpr std::uint64_t kStepsMin = 1 << 20;
constexpr std::uint64_t kPassesMax = 4;
constexpr std::uint64_t kBeyondMax = 2;

class HoleReader {
 public:
  HoleReader(SectorReader& reader, std::uint64_t count, Preference preference)
      : reader_(reader), resync_(reader, preference), count_(count) {}
  HoleReading run(std::uint64_t sector, std::uint64_t index);

 private:
  bool step();
  bool pass_trouble(const Entry& entry, HeaderFault fault);
  bool pass_hole(const Entry& entry, HeaderFault fault, std::uint64_t zeroes);
  bool add_hole(const Hole& hole);
  void pass_entry(std::uint64_t next_sector);
  bool get_stuck(const Entry& entry, HeaderFault fault);
  void move_on(std::uint64_t sector) {
    reading_.end_sector = sector;
    ++reading_.entries;
  }

  SectorReader& reader_;
  Resync resync_;
  std::uint64_t count_;
  HoleReading reading_;
};

bool HoleReader::get_stuck(const Entry& entry, HeaderFault fault) {
  reading_.stuck = entry;
  reading_.stuck_fault = fault;
  return false;
}

bool HoleReader::add_hole(const Hole& hole) {
  if (reading_.holes.size() == HoleReading::kHolesMax) return get_stuck(hole.at, hole.fault);
  reading_.spare_sectors += hole.sectors - 1;
  reading_.holes.push_back(hole);
  move_on(hole.end());
  return true;
}

bool HoleReader::pass_hole(const Entry& entry, HeaderFault fault, std::uint64_t zeroes) {
  const std::uint64_t from = entry.log_sector + std::max<std::uint64_t>(zeroes, 1);
  const auto next = resync_.find(from, count_ - entry.index - 1);
  if (!next) return get_stuck(entry, fault);
  const std::uint64_t sectors = *next - entry.log_sector;
  std::optional<Repair> repair;
  if (fault != HeaderFault::kNone) repair = find_repair(reader_, entry, *next);
  return add_hole({entry, fault, sectors, sectors == zeroes, 0, repair});
}

void HoleReader::pass_entry(std::uint64_t next_sector) {
  move_on(next_sector);
  if (!reading_.holes.empty()) ++reading_.holes.back().chain;
}

bool HoleReader::pass_trouble(const Entry& entry, HeaderFault fault) {
  if (fault == HeaderFault::kPastEnd) return false;
  const std::uint64_t zeroes = reader_.zero_sectors(entry.log_sector, UINT64_MAX);
  const std::uint64_t next = entry.log_sector + zeroes;
  if (zeroes > 0 && next >= reader_.sectors()) return false;
  if (zeroes == 0 || !parses_as_header(reader_, next)) return pass_hole(entry, fault, zeroes);
  if (zeroes > 1) return add_hole({entry, fault, zeroes, true, 0});
  pass_entry(next);  // a write of length zero, or any entry without data: one in either case
  return true;
}

bool HoleReader::step() {
  Entry entry{reading_.entries, reading_.end_sector, {}};
  if (entry.log_sector < reader_.sectors()) entry.header = reader_.header_at(entry.log_sector);
  const HeaderFault fault = fault_of(reader_, entry);
  if (fault != HeaderFault::kNone || is_blank(entry.header)) return pass_trouble(entry, fault);
  pass_entry(entry.placed().end());
  return true;
}

HoleReading HoleReader::run(std::uint64_t sector, std::uint64_t index) {
  reading_.entries = index;
  reading_.end_sector = sector;
  while (reading_.entries < count_ && step()) {
  }
  if (reading_.entries == count_)
    reading_.beyond = follow_chain(reader_, reading_.end_sector, kBeyondMax).length;
  return std::move(reading_);
}

}  // namespace

HoleReading read_over_holes(SectorReader& reader, std::uint64_t sector, std::uint64_t index,
                            std::uint64_t count, Preference preference) {
  return HoleReader(reader, count, preference).run(sector, index);
}

ChainEnd follow_chain(SectorReader& reader, std::uint64_t sector, std::uint64_t length_max) {
  ChainEnd end{0, sector};
  while (end.length < length_max && parses_as_header(reader, end.sector)) {
    end.sector = Entry{0, end.sector, reader.header_at(end.sector)}.placed().end();
    ++end.length;
  }
  return end;
}

Resync::Resync(SectorReader& reader, Preference preference)
    : reader_(reader),
      preference_(preference),
      steps_left_(saturating_add(kStepsMin, kPassesMax * reader.sectors())) {}

Resync::Chain Resync::chain_from(std::uint64_t sector, std::uint64_t length_max) {
  const ChainEnd end = follow_chain(reader_, sector, length_max);
  steps_left_ -= std::min(steps_left_, end.length);
  const bool ends_log = end.sector >= reader_.sectors() || reader_.zero_sectors(end.sector, 1) == 1;
  return {end.length, end.sector, ends_log};
}

std::optional<std::uint64_t> Resync::find(std::uint64_t sector, std::uint64_t wanted,
                                          std::uint64_t limit) {
  const std::uint64_t enough = std::clamp<std::uint64_t>(wanted, 1, kChainEnough);
  const std::uint64_t window = std::max(kWindowSectorsMin, kWindowBytes / reader_.sector_size());
  std::optional<std::uint64_t> best;
  std::uint64_t best_length = 0, end = std::min(limit, reader_.sectors());
  for (std::uint64_t at = sector; at < end && steps_left_ > 0; ++at) {
    --steps_left_;
    if (is_blank(reader_.header_at(at))) {
      const std::uint64_t zeroes = reader_.zero_sectors(at, UINT64_MAX);
      at += std::max<std::uint64_t>(zeroes, 1) - 1;
      continue;
    }
    if (!parses_as_header(reader_, at)) continue;
    const Chain chain = chain_from(at, std::max(enough, kChainConvincing));
    if (chain.length >= enough && (chain.length >= kChainConvincing || chain.ends_log)) return at;
    // A single header proves little, but may be all that is wanted.
    const bool may_be = chain.length >= 2 || chain.ends_log || enough == 1;
    if (chain.length <= best_length || !may_be) continue;
    best = at;
    best_length = chain.length;
    const bool takes_first = preference_ == Preference::kFirst && chain.length >= 2;
    end = std::min(end, takes_first ? chain.end : saturating_add(at, window));
  }
  return best;
}

}  // namespace simcheck::logs
