#include "logs/planned_log.hpp"

#include <fmt/format.h>

#include "logs/salvage_words.hpp"
#include "logs/words.hpp"

namespace simcheck::logs {

void PlannedLog::keep(std::uint64_t begin, std::uint64_t end, std::uint64_t entries) {
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

void PlannedLog::repair(const Entry& entry, const Repair& damage, std::uint64_t end) {
  if (!damage.header) return lose_damaged(entry, damage, end);
  change(entry.index, entry.log_sector,
         fmt::format("{}: {}", place(entry), repaired(entry.header, *damage.header)));
  plan_.stretches.push_back({entry.log_sector, end - entry.log_sector, 1, damage.header});
  ++plan_.super.nr_entries;
}

void PlannedLog::lose_damaged(const Entry& entry, const Repair& damage, std::uint64_t end) {
  lose(entry.index, entry.log_sector,
       fmt::format("{}: its {} {} damaged, and cannot be told from the rest{}", place(entry),
                   damage.field, verb_of(damage), data_of(end - entry.log_sector - 1)));
}

void PlannedLog::lose_hole(const Hole& hole) {
  lose(hole.at.index, hole.at.log_sector,
       fmt::format("{}: {}{}", place(hole.at), hole.zeroes ? "never written" : "no header is there",
                   data_of(hole.sectors - 1)));
}

void PlannedLog::lose_rest(const HoleReading& reading) {
  lose(reading.stuck->index, reading.stuck->log_sector,
       fmt::format("from {} on nothing parses ({})", place(*reading.stuck),
                   why(reading.stuck_fault)));
}

void PlannedLog::put_zeroes_behind(std::uint64_t index, const PlacedEntry& entry) {
  change(index, entry.header_sector,
         fmt::format("entry {} at sector {}: its {} put behind its header", index,
                     entry.header_sector, counted(entry.nr_sectors, "zero sector")));
  plan_.stretches.push_back({entry.header_sector, 1, 1, std::nullopt, entry.nr_sectors});
  ++plan_.super.nr_entries;
}

}  // namespace simcheck::logs
