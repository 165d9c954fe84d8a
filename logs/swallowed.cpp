#include "logs/swallowed.hpp"

#include <algorithm>

namespace simcheck::logs {
namespace {

// The search takes as many steps as a few passes over the log would. A scan of zeroes is charged by
// the byte; holes cost less than that, so a run has a highest price.
constexpr std::uint64_t kStepsMin = 1 << 20;
constexpr std::uint64_t kStepsMax = 1 << 26;
constexpr std::uint64_t kZeroBytesPerStep = 4096;
constexpr std::uint64_t kStepsPerRunMax = 1 << 18;
constexpr std::size_t kBranchesMax = 4096;

// Only plain entries have zeroes that can come late; QEMU gives those no flag at all.
bool can_swallow(const EntryHeader& header) { return header.flags == 0 && header.nr_sectors > 0; }

// A point of a reading: `index` entries lie before `sector`, `owed` zero sectors are still to come.
struct Point {
  std::uint64_t sector;
  std::uint64_t index;
  std::uint64_t owed;
};

class Reading {
 public:
  Reading(SectorReader& reader, std::uint64_t count, std::uint64_t& steps_left)
      : reader_(reader), count_(count), steps_left_(steps_left) {}

  // True when the log reads as `count` entries, `first` being overtaken.
  bool succeeds_from(const Entry& first);
  const std::vector<PlacedEntry>& placed() const { return placed_; }

 private:
  enum class Outcome { kOn, kSuccess, kDeadEnd };

  Outcome advance();
  Outcome past_zeroes(std::uint64_t run);
  Outcome past_header(const EntryHeader& header);
  void place(const EntryHeader& header, std::uint64_t next_sector);
  void charge(std::uint64_t zero_sectors) {
    const std::uint64_t steps = zero_sectors * reader_.sector_size() / kZeroBytesPerStep;
    steps_left_ -= std::min({steps_left_, steps, kStepsPerRunMax});
  }

  SectorReader& reader_;
  std::uint64_t count_;
  std::uint64_t& steps_left_;
  Point at_{};
  std::vector<Point> branches_;      // where an entry was taken to be overtaken and may not be
  std::vector<PlacedEntry> placed_;  // by index behind the first; a dead end is overwritten
  std::uint64_t first_index_ = 0;
};

void Reading::place(const EntryHeader& header, std::uint64_t next_sector) {
  const std::uint64_t slot = at_.index - first_index_;
  if (slot < kReadingKept) {
    placed_.resize(slot);
    placed_.push_back({at_.sector, header.nr_sectors, header.flags});
  }
  at_.sector = next_sector;
  ++at_.index;
}

Reading::Outcome Reading::past_zeroes(std::uint64_t run) {
  const std::uint64_t paid = std::min(run, at_.owed);
  at_.sector += paid;
  at_.owed -= paid;
  run -= paid;
  if (run == 0) return Outcome::kOn;
  // Blank headers (writes of length zero), believed only if another header follows in time.
  if (run >= count_ - at_.index || !parses_as_header(reader_, at_.sector + run)) {
    return Outcome::kDeadEnd;
  }
  for (; run > 0 && at_.index - first_index_ < kReadingKept; --run) place({}, at_.sector + 1);
  at_.sector += run;
  at_.index += run;
  return Outcome::kOn;
}

Reading::Outcome Reading::past_header(const EntryHeader& header) {
  const std::uint64_t data = data_sectors(header);
  if (can_swallow(header)) {
    const std::uint64_t zeroes = reader_.zero_sectors(at_.sector + 1, data);
    charge(zeroes);
    const bool may_be_overtaken =
        zeroes < data && parses_as_header(reader_, at_.sector + 1 + zeroes) &&
        at_.owed <= reader_.sectors() && data <= reader_.sectors() - at_.owed;
    if (may_be_overtaken) {
      if (branches_.size() < kBranchesMax) branches_.push_back(at_);
      place(header, at_.sector + 1);
      at_.owed += data;
      return Outcome::kOn;
    }
  }
  place(header, at_.sector + 1 + data);
  return Outcome::kOn;
}

Reading::Outcome Reading::advance() {
  if (at_.index == count_) {
    return reader_.zero_sectors(at_.sector, at_.owed) == at_.owed ? Outcome::kSuccess
                                                                  : Outcome::kDeadEnd;
  }
  if (parses_as_header(reader_, at_.sector)) return past_header(reader_.header_at(at_.sector));
  const std::uint64_t wanted = saturating_add(at_.owed, count_ - at_.index);
  const std::uint64_t run = reader_.zero_sectors(at_.sector, wanted);
  charge(run);
  return run == 0 ? Outcome::kDeadEnd : past_zeroes(run);
}

bool Reading::succeeds_from(const Entry& first) {
  first_index_ = first.index;
  branches_.clear();
  placed_.clear();
  at_ = {first.log_sector, first.index, 0};
  place(first.header, first.log_sector + 1);
  at_.owed = first.header.nr_sectors;
  while (steps_left_ > 0) {
    --steps_left_;
    const Outcome outcome = advance();
    if (outcome == Outcome::kSuccess) return true;
    if (outcome == Outcome::kOn) continue;
    if (branches_.empty()) return false;
    // Back to the last entry that was taken to be overtaken: its data lies behind it after all.
    at_ = branches_.back();
    branches_.pop_back();
    const EntryHeader header = reader_.header_at(at_.sector);
    place(header, at_.sector + 1 + data_sectors(header));
  }
  return false;
}

}  // namespace

void SwallowSuspects::on_entry(SectorReader& reader, const Entry& entry) {
  if (!can_swallow(entry.header) || !parses_as_header(reader, entry.log_sector + 1)) return;
  if (header_like_++ == 0) first_ = entry;
  if (recent_.size() == kRecentMax) recent_.pop_front();
  recent_.push_back(entry);
}

void SwallowSuspects::on_misfit() {
  for (const Entry& entry : recent_) {
    if (suspects_.size() < kSuspectsMax) suspects_.push_back(entry);
  }
  recent_.clear();
}

std::optional<Swallowing> find_swallowing(SectorReader& reader, const std::vector<Entry>& suspects,
                                          std::uint64_t count, bool& gave_up) {
  const std::uint64_t length = std::min(count, reader.sectors());
  const std::uint64_t passes =
      2 * length + reader.sectors() * reader.sector_size() / kZeroBytesPerStep;
  std::uint64_t steps_left = std::min(kStepsMax, kStepsMin + passes);
  for (const Entry& suspect : suspects) {
    Reading reading(reader, count, steps_left);
    if (!reading.succeeds_from(suspect)) continue;
    Swallowing found{suspect, reading.placed(), {}};
    // There is one: the sector behind the suspect's header is both its data and a header.
    found.overlap = find_overlap(found.reading).value();
    return found;
  }
  gave_up = steps_left == 0;
  return std::nullopt;
}

std::uint64_t Swallowing::end_sector() const {
  std::uint64_t end = entry.log_sector;
  for (const PlacedEntry& placed : reading)
    end += 1 + data_sectors(placed.nr_sectors, placed.flags);
  return end;
}

}  // namespace simcheck::logs
