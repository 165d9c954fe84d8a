#include "logs/salvage_plan.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "logs/other_size.hpp"
#include "logs/salvage_words.hpp"
#include "logs/survey.hpp"
#include "logs/words.hpp"

namespace simcheck::logs {
namespace {

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

  void repair(const Entry& entry, const Repair& damage, std::uint64_t end);
  void around(const WrongEntry& wrong);
  void lose_damaged(const Entry& entry, const Repair& damage, std::uint64_t end);
  void lose_hole(const Hole& hole);
  void lose_rest(const HoleReading& reading);
  void keep(std::uint64_t begin, std::uint64_t end, std::uint64_t entries);
  void lose(std::optional<std::uint64_t> entry, std::uint64_t sector, std::string message) {
    plan_.changes.push_back({true, entry, sector, std::move(message)});
  }
  void change(std::optional<std::uint64_t> entry, std::optional<std::uint64_t> sector,
              std::string message) {
    plan_.changes.push_back({false, entry, sector, std::move(message)});
  }

  const ByteSource& source_;
  const SalvageOptions& options_;
  Survey seen_;
  SalvagePlan plan_;
};

void Planner::keep(std::uint64_t begin, std::uint64_t end, std::uint64_t entries) {
  if (entries == 0) return;
  plan_.super.nr_entries += entries;
  std::vector<Stretch>& all = plan_.stretches;
  const bool joins = !all.empty() && !all.back().header && all.back().zero_sectors == 0 &&
                     all.back().sector + all.back().sectors == begin;
  if (joins) {
    all.back().sectors += end - begin;
    all.back().entries += entries;
  } else {
    all.push_back({begin, end - begin, entries});
  }
}

// Entries behind the count, when they begin where the next one would: an unclean end leaves such.
void Planner::tail(std::uint64_t sector) {
  SectorReader& reader = *seen_.sectors;
  if (seen_.traits.ends_closed(reader)) return;
  const ChainEnd chain = follow_chain(reader, sector, UINT64_MAX);
  if (chain.length == 0) return leave_tail(look_at_tail(reader, sector));
  if (options_.counted_only)
    return lose(std::nullopt, sector,
                fmt::format("{} behind the count, from sector {} on, left out as asked",
                            counted(chain.length, "entry"), sector));
  change(std::nullopt, sector,
         fmt::format("{} behind the count, from sector {} on, taken up: the superblock lagged "
                     "behind (--counted leaves them out)",
                     counted(chain.length, "entry"), sector));
  keep(sector, chain.sector, chain.length);
  leave_tail(look_at_tail(reader, chain.sector));
}

// Entries behind zeroes: where a write to the log failed or came late, others may have gone on.
void Planner::leave_tail(const Tail& found) {
  if (found.entries == 0 || found.zero_sectors == 0 || found.foreign_bytes) return;
  lose(std::nullopt, found.entries_sector,
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
    lose(entries, end,
         fmt::format("the last {} counted, from sector {} on, {} never written",
                     counted(seen_.last_blanks.count, "entry"), end,
                     seen_.last_blanks.count == 1 ? "was" : "were"));
  }
  keep(kFirstEntrySector, end, entries);
  if (end == seen_.end_sector) tail(end);
}

void Planner::misfit() {
  const Entry& stop = *seen_.misfit;
  keep(kFirstEntrySector, stop.log_sector, stop.index);
  lose(
      stop.index, stop.log_sector,
      fmt::format("entry {} at sector {} cannot be one ({}) and nothing parses behind it: the "
                  "last {} of {} are lost",
                  stop.index, stop.log_sector, why(seen_.misfit_fault),
                  counted(seen_.super->nr_entries - stop.index, "entry"), seen_.super->nr_entries));
}

// An entry of which one field is damaged, up to `end`.
void Planner::repair(const Entry& entry, const Repair& damage, std::uint64_t end) {
  if (!damage.header) return lose_damaged(entry, damage, end);
  change(entry.index, entry.log_sector,
         fmt::format("{}: {}", place(entry), repaired(entry.header, *damage.header)));
  plan_.stretches.push_back({entry.log_sector, end - entry.log_sector, 1, damage.header});
  ++plan_.super.nr_entries;
}

void Planner::around(const WrongEntry& wrong) {
  keep(kFirstEntrySector, wrong.entry.log_sector, wrong.entry.index);
  repair(wrong.entry, wrong.repair, wrong.next_header);
  keep(wrong.next_header, wrong.end_sector, seen_.super->nr_entries - wrong.entry.index - 1);
  tail(wrong.end_sector);
}

void Planner::lose_damaged(const Entry& entry, const Repair& damage, std::uint64_t end) {
  lose(entry.index, entry.log_sector,
       fmt::format("{}: its {} {} damaged, and cannot be told from the rest{}", place(entry),
                   damage.field, verb_of(damage), data_of(end - entry.log_sector - 1)));
}

void Planner::lose_hole(const Hole& hole) {
  lose(hole.at.index, hole.at.log_sector,
       fmt::format("{}: {}{}", place(hole.at), hole.zeroes ? "never written" : "no header is there",
                   data_of(hole.sectors - 1)));
}

// The entries before each hole, then those behind the last.
void Planner::over_holes(const HoleReading& reading) {
  std::uint64_t begin = kFirstEntrySector, entries = reading.holes.front().at.index;
  for (const Hole& hole : reading.holes) {
    keep(begin, hole.at.log_sector, entries);
    begin = hole.end();
    entries = hole.chain;
    if (hole.repair) {
      repair(hole.at, *hole.repair, hole.end());
    } else {
      lose_hole(hole);
    }
  }
  keep(begin, reading.end_sector, entries);
  if (reading.stuck) {
    lose_rest(reading);
  } else {
    tail(reading.end_sector);
  }
}

void Planner::lose_rest(const HoleReading& reading) {
  lose(reading.stuck->index, reading.stuck->log_sector,
       fmt::format("from {} on nothing parses ({})", place(*reading.stuck),
                   why(reading.stuck_fault)));
}

// In the true reading; zeroes that came late are put where they belong.
void Planner::swallowed() {
  const Swallowing& found = *seen_.swallowing;
  const std::vector<PlacedEntry>& all = found.reading;
  keep(kFirstEntrySector, found.entry.log_sector, found.entry.index);
  for (std::size_t i = 0; i < all.size(); ++i) {
    const std::uint64_t sector = all[i].header_sector;
    const bool overtaken = i + 1 < all.size() && all[i + 1].header_sector < all[i].end();
    if (!overtaken) {
      keep(sector, all[i].end(), 1);
      continue;
    }
    change(found.entry.index + i, sector,
           fmt::format("entry {} at sector {}: its {} put behind its header", found.entry.index + i,
                       sector, counted(all[i].nr_sectors, "zero sector")));
    plan_.stretches.push_back({sector, 1, 1, std::nullopt, all[i].nr_sectors});
    ++plan_.super.nr_entries;
  }
  const std::uint64_t read = found.entry.index + all.size();
  if (read == seen_.super->nr_entries) return tail(found.end_sector());
  lose(read, all.back().end(),
       fmt::format("the last {}: too many headers are inside of data",
                   counted(seen_.super->nr_entries - read, "entry")));
}

void Planner::with_superblock() {
  plan_.super = *seen_.super;
  plan_.super.nr_entries = 0;
  if (seen_.swallowing) return swallowed();
  if (seen_.wrong_entry) return around(*seen_.wrong_entry);
  if (seen_.holes_are_certain()) return over_holes(*seen_.over_holes);
  if (seen_.misfit) return misfit();
  plain();
}

// Nothing is counted, so all is read that parses, over holes too.
void Planner::without_superblock(std::uint32_t sector_size) {
  plan_.super.sector_size = sector_size;
  change(std::nullopt, 0,
         fmt::format("the superblock is new: it was missing or damaged; sectors of {} bytes{}",
                     sector_size, options_.sector_size ? "" : ", by where entries parse"));
  seen_.sectors = std::make_shared<SectorReader>(source_, sector_size);
  const HoleReading reading = read_over_holes(*seen_.sectors, kFirstEntrySector, 0, UINT64_MAX);
  if (!reading.holes.empty()) return over_holes(reading);
  keep(kFirstEntrySector, reading.end_sector, reading.entries);
  if (reading.stuck) lose_rest(reading);
}

// The entries' sector size, where the superblock is sound but for that. A wish is believed where
// entries parse under it, unless all that is counted parses under the superblock's.
std::optional<std::uint32_t> Planner::size_instead() const {
  if (!seen_.super || seen_.super->magic != kMagic || seen_.super->version != kVersion ||
      !is_sector_size(seen_.super->sector_size)) {
    return std::nullopt;
  }
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
  change(std::nullopt, 0,
         fmt::format("the superblock's sector size, which says {} bytes: sectors of {}, {}",
                     seen_.super->sector_size, sector_size,
                     options_.sector_size ? "as asked" : "by where entries parse"));
  plan_.super = *seen_.super;
  plan_.super.sector_size = sector_size;
  plan_.stretches = {{kFirstEntrySector, source_.size() / sector_size - 1, plan_.super.nr_entries}};
  plan_.is_first_step = true;
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
  if (!seen.super || seen.super->magic != kMagic || seen.super->version != kVersion ||
      !is_sector_size(seen.super->sector_size) || seen.bytes >= seen.super->sector_size) {
    return std::nullopt;
  }
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
    return std::move(plan_);
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
    if (plan_.super.nr_entries == 0)
      return Error{fmt::format("no superblock, and no entry in sectors of {} bytes", size)};
  }
  if (seen_.sectors->failed()) {
    return Error{
        fmt::format("the image cannot be read at byte {}", seen_.sectors->failed_offset())};
  }
  return std::move(plan_);
}

}  // namespace

Result<SalvagePlan> plan_salvage(const ByteSource& source, const SalvageOptions& options) {
  return Planner(source, options).run();
}

}  // namespace simcheck::logs
