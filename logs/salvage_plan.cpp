#include "logs/salvage_plan.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "logs/other_size.hpp"
#include "logs/planned_log.hpp"
#include "logs/salvage_words.hpp"
#include "logs/survey.hpp"
#include "logs/words.hpp"

namespace simcheck::logs {
namespace {

bool has_sound_superblock(const Survey& seen) {
  return seen.super && seen.super->magic == kMagic && seen.super->version == kVersion &&
         is_sector_size(seen.super->sector_size);
}

class Planner {
 public:
  Planner(const ByteSource& source, const SalvageOptions& options)
      : source_(source), options_(options) {}
  Result<SalvagePlan> run();

 private:
  std::optional<Error> impossible_wish() const;
  std::optional<std::uint32_t> size_instead() const;
  void resized(std::uint32_t sector_size);
  void with_superblock();
  void without_superblock(std::uint32_t sector_size);
  void plain();
  void swallowed();
  void over_holes(const HoleReading& reading);
  void misfit();
  void tail(std::uint64_t sector);
  void leave_tail(const Tail& found);

  void around(const WrongEntry& wrong);

  const ByteSource& source_;
  const SalvageOptions& options_;
  Survey seen_;
  PlannedLog log_;
};

// Entries behind the count, when they begin where the next one would: an unclean end leaves such.
void Planner::tail(std::uint64_t sector) {
  SectorReader& reader = *seen_.sectors;
  if (seen_.traits.ends_closed(reader)) return;
  const ChainEnd chain = follow_chain(reader, sector, UINT64_MAX);
  if (chain.length == 0) return leave_tail(look_at_tail(reader, sector));
  if (options_.counted_only)
    return log_.lose(std::nullopt, sector,
                     fmt::format("{} behind the count, from sector {} on, left out as asked",
                                 counted(chain.length, "entry"), sector));
  log_.change(std::nullopt, sector,
              fmt::format("{} behind the count, from sector {} on, taken up: the superblock lagged "
                          "behind (--counted leaves them out)",
                          counted(chain.length, "entry"), sector));
  log_.keep(sector, chain.sector, chain.length);
  leave_tail(look_at_tail(reader, chain.sector));
}

// Entries behind zeroes: where a write to the log failed or came late, others may have gone on.
void Planner::leave_tail(const Tail& found) {
  if (found.entries == 0 || found.zero_sectors == 0 || found.foreign_bytes) return;
  log_.lose(
      std::nullopt, found.entries_sector,
      fmt::format("{} behind the count, from sector {} on, left out: {} lie between, so what came "
                  "before them is not known",
                  counted(found.entries, "entry"), found.entries_sector,
                  counted(found.zero_sectors, "zero sector")));
}

// Where the count ends in blank headers and only zeroes follow, those entries never were.
void Planner::plain() {
  std::uint64_t entries = seen_.entries, end = seen_.end_sector;
  const bool nothing_behind = seen_.tail && seen_.tail->entries == 0 &&
                              seen_.tail->data_sector() >= seen_.sectors->sectors();
  if (seen_.ends_blank && nothing_behind && seen_.end_sector < seen_.sectors->sectors()) {
    entries = seen_.last_blanks.index;
    end = seen_.last_blanks.log_sector;
    log_.lose(entries, end,
              fmt::format("the last {} counted, from sector {} on, {} never written",
                          counted(seen_.last_blanks.count, "entry"), end,
                          seen_.last_blanks.count == 1 ? "was" : "were"));
  }
  log_.keep(kFirstEntrySector, end, entries);
  if (end == seen_.end_sector) tail(end);
}

void Planner::misfit() {
  const Entry& stop = *seen_.misfit;
  log_.keep(kFirstEntrySector, stop.log_sector, stop.index);
  log_.lose(
      stop.index, stop.log_sector,
      fmt::format("entry {} at sector {} cannot be one ({}) and nothing parses behind it: the "
                  "last {} of {} {} lost",
                  stop.index, stop.log_sector, why(seen_.misfit_fault),
                  counted(seen_.super->nr_entries - stop.index, "entry"), seen_.super->nr_entries,
                  seen_.super->nr_entries - stop.index == 1 ? "is" : "are"));
}

void Planner::around(const WrongEntry& wrong) {
  log_.keep(kFirstEntrySector, wrong.entry.log_sector, wrong.entry.index);
  log_.repair(wrong.entry, wrong.repair, wrong.next_header);
  log_.keep(wrong.next_header, wrong.end_sector, seen_.super->nr_entries - wrong.entry.index - 1);
  tail(wrong.end_sector);
}

// The entries before each hole, then those behind the last.
void Planner::over_holes(const HoleReading& reading) {
  std::uint64_t begin = kFirstEntrySector, entries = reading.holes.front().at.index;
  for (const Hole& hole : reading.holes) {
    log_.keep(begin, hole.at.log_sector, entries);
    begin = hole.end();
    entries = hole.chain;
    if (hole.repair) {
      log_.repair(hole.at, *hole.repair, hole.end());
    } else {
      log_.lose_hole(hole);
    }
  }
  log_.keep(begin, reading.end_sector, entries);
  if (reading.stuck) {
    log_.lose_rest(reading);
  } else {
    tail(reading.end_sector);
  }
}

// In the true reading; zeroes that came late are put where they belong.
void Planner::swallowed() {
  const Swallowing& found = *seen_.swallowing;
  const std::vector<PlacedEntry>& all = found.reading;
  log_.keep(kFirstEntrySector, found.entry.log_sector, found.entry.index);
  for (std::size_t i = 0; i < all.size(); ++i) {
    const std::uint64_t sector = all[i].header_sector;
    const bool overtaken = i + 1 < all.size() && all[i + 1].header_sector < all[i].end();
    if (!overtaken) {
      log_.keep(sector, all[i].end(), 1);
      continue;
    }
    log_.put_zeroes_behind(found.entry.index + i, all[i]);
  }
  const std::uint64_t read = found.entry.index + all.size();
  if (read == seen_.super->nr_entries) return tail(found.end_sector());
  log_.lose(read, all.back().end(),
            fmt::format("the last {}: too many headers are inside of data",
                        counted(seen_.super->nr_entries - read, "entry")));
}

void Planner::with_superblock() {
  log_.begin(*seen_.super);
  if (seen_.swallowing) return swallowed();
  if (seen_.wrong_entry) return around(*seen_.wrong_entry);
  if (seen_.holes_are_certain()) return over_holes(*seen_.over_holes);
  if (seen_.misfit) return misfit();
  plain();
}

// Nothing is counted, so all is read that parses, over holes too.
void Planner::without_superblock(std::uint32_t sector_size) {
  log_.begin({.sector_size = sector_size});
  log_.change(std::nullopt, 0,
              fmt::format("the superblock is new: it was missing or damaged; sectors of {} bytes{}",
                          sector_size, options_.sector_size ? "" : ", by where entries parse"));
  seen_.sectors = std::make_shared<SectorReader>(source_, sector_size);
  const HoleReading reading = read_over_holes(*seen_.sectors, kFirstEntrySector, 0, UINT64_MAX);
  if (!reading.holes.empty()) return over_holes(reading);
  log_.keep(kFirstEntrySector, reading.end_sector, reading.entries);
  if (reading.stuck) log_.lose_rest(reading);
}

// The entries' sector size, where the superblock is sound but for that. A wish is believed where
// entries parse under it, unless all that is counted parses under the superblock's.
std::optional<std::uint32_t> Planner::size_instead() const {
  if (!has_sound_superblock(seen_)) return std::nullopt;
  if (!options_.sector_size)
    return seen_.other_size ? std::optional(seen_.other_size->sector_size) : std::nullopt;
  const std::uint32_t wanted = *options_.sector_size;
  const bool fits = seen_.sectors && !seen_.misfit && seen_.blanks.empty() && seen_.entries > 0;
  if (fits || wanted == seen_.super->sector_size ||
      !parses_better(source_, wanted, seen_.super->sector_size))
    return std::nullopt;
  return wanted;
}

// The same log with another sector size in its superblock; what it counts is believed.
void Planner::resized(std::uint32_t sector_size) {
  log_.change(std::nullopt, 0,
              fmt::format("the superblock's sector size, which says {} bytes: sectors of {}, {}",
                          seen_.super->sector_size, sector_size,
                          options_.sector_size ? "as asked" : "by where entries parse"));
  Superblock super = *seen_.super;
  super.sector_size = sector_size;
  log_.copy_all(super, source_.size() / sector_size);
}

// What was asked for and would silently not be done: each option is about one of the two kinds of
// logs. Later rounds read a log whose superblock is new, of the size asked for.
std::optional<Error> Planner::impossible_wish() const {
  if (!seen_.sectors && options_.counted_only)
    return Error{
        "its superblock is missing or damaged, so that nothing is counted; leave out --counted"};
  const std::uint32_t wanted = options_.sector_size.value_or(0);
  if (!seen_.sectors || wanted == 0 || wanted == seen_.super->sector_size) return std::nullopt;
  return Error{fmt::format(
      "its superblock says sectors of {} bytes, and not of {}, in which entries do not parse any "
      "better: leave --sector-size out",
      seen_.super->sector_size, wanted)};
}

// A sound superblock of which the sector is not whole, so that nothing can lie behind it.
std::optional<Error> nothing_behind(const Survey& seen) {
  if (!has_sound_superblock(seen) || seen.bytes >= seen.super->sector_size) return std::nullopt;
  return Error{fmt::format(
      "it ends within sector 0 ({} of {}), behind a superblock that counts {}: there are none",
      seen.bytes, counted(seen.super->sector_size, "byte"),
      counted(seen.super->nr_entries, "entry"))};
}

Result<SalvagePlan> Planner::run() {
  seen_ = survey(source_, [](SectorReader&, const Entry&) {});
  if (seen_.unreadable_at) {
    return Error{fmt::format("the image cannot be read at byte {}", *seen_.unreadable_at)};
  }
  if (const auto size = size_instead()) {
    resized(*size);
    return log_.take();
  }
  if (auto error = impossible_wish()) return *std::move(error);
  if (seen_.sectors) {
    with_superblock();
  } else if (auto error = nothing_behind(seen_)) {
    return *std::move(error);
  } else {
    const std::uint32_t size =
        options_.sector_size.value_or(look_without_superblock(source_).sector_size);
    if (size == 0) return Error{"no superblock, and no entries behind it under any sector size"};
    without_superblock(size);
    if (log_.entries() == 0)
      return Error{fmt::format("no superblock, and no entry in sectors of {} bytes", size)};
  }
  if (seen_.sectors->failed()) {
    return Error{
        fmt::format("the image cannot be read at byte {}", seen_.sectors->failed_offset())};
  }
  return log_.take();
}

}  // namespace

Result<SalvagePlan> plan_salvage(const ByteSource& source, const SalvageOptions& options) {
  return Planner(source, options).run();
}

}  // namespace simcheck::logs
