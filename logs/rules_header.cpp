// Entry headers: each can be one, and its entry lies within the image.
//
// An impossible header ends the walk, since nothing else says where the next one is. When the true
// reading is known (rules_swallowed.cpp) it is only a consequence, and not told; where it goes on
// behind a hole, rules_holes.cpp says so.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

#include "logs/rules.hpp"
#include "logs/words.hpp"

namespace simcheck::logs {
namespace {

bool ended_by(const Survey& survey, HeaderFault fault) {
  return survey.misfit && survey.misfit_fault == fault && !survey.swallowing;
}

// "entry 3 of 9: the header at sector 17"
std::string place(const Survey& survey) {
  return fmt::format("entry {} of {}: the header at sector {}", survey.misfit->index,
                     survey.super->nr_entries, survey.misfit->log_sector);
}

// Where the log goes on behind the impossible header; there may be other holes before and behind.
std::uint64_t sector_behind(const Survey& survey) {
  const std::vector<Hole>& holes = survey.over_holes->holes;
  const auto is_behind = [&](const Hole& hole) { return hole.end() > survey.misfit->log_sector; };
  const auto hole = std::find_if(holes.begin(), holes.end(), is_behind);
  return hole == holes.end() ? holes.back().end() : hole->end();
}

// What an impossible header means for the rest of the log.
std::string lost(const Survey& survey) {
  if (survey.misfit_is_damage()) {
    return fmt::format("; its length leads to {} at sector {}, so only the flags are damaged",
                       counted(survey.over_holes->holes.front().chain, "valid entry"),
                       survey.misfit->placed().end());
  }
  if (survey.holes_are_certain()) {
    return fmt::format("; the log goes on at sector {}, for a reader that searches",
                       sector_behind(survey));
  }
  return fmt::format("; the log cannot be read from here on ({} lost)",
                     counted(survey.super->nr_entries - survey.misfit->index, "entry"));
}

void judge_flags(const Survey& survey, Findings& findings) {
  if (!ended_by(survey, HeaderFault::kFlags)) return;
  findings.add(
      *survey.misfit,
      fmt::format("{} has flags {:#x}, only the bits of {} exist: these bytes are no header"
                  "{}",
                  place(survey), survey.misfit->header.flags, kFlagsAll, lost(survey)));
}

void judge_overflow(const Survey& survey, Findings& findings) {
  if (!ended_by(survey, HeaderFault::kOverflow)) return;
  const EntryHeader& header = survey.misfit->header;
  findings.add(*survey.misfit,
               fmt::format("{} says sector {} and {} of {} bytes: that overflows 64 bits, so "
                           "no device has it and a careless reader takes it for a small number{}",
                           place(survey), header.sector, counted(header.nr_sectors, "sector"),
                           survey.super->sector_size, lost(survey)));
}

void judge_mark(const Survey& survey, Findings& findings) {
  if (!ended_by(survey, HeaderFault::kMark)) return;
  const EntryHeader& header = survey.misfit->header;
  const std::uint64_t room = survey.super->sector_size - kEntryHeaderBytes;
  std::string what;
  if (header.nr_sectors != 0) {
    what = fmt::format("with {}, it has none", counted(header.nr_sectors, "data sector"));
  } else if (header.data_len >= room) {
    what = fmt::format("with a text of {}, at most {} fit its sector",
                       counted(header.data_len, "byte"), room == 0 ? 0 : room - 1);
  } else {
    what = fmt::format("whose text of {} does not end in its only NUL",
                       counted(header.data_len, "byte"));
  }
  findings.add(*survey.misfit,
               fmt::format("{} is a malformed MARK, {}{}", place(survey), what, lost(survey)));
}

void judge_data_length(const Survey& survey, Findings& findings) {
  if (!ended_by(survey, HeaderFault::kDataLength)) return;
  const EntryHeader& header = survey.misfit->header;
  findings.add(
      *survey.misfit,
      fmt::format("{} has data_len {} without MARK, but only {} of {} bytes{}", place(survey),
                  header.data_len, counted(data_sectors(header), "data sector"),
                  survey.super->sector_size, lost(survey)));
}

void judge_past_end(const Survey& survey, Findings& findings) {
  const std::uint64_t sectors = survey.sectors->sectors();
  std::string zeroes;
  if (survey.ends_blank) {
    zeroes =
        fmt::format(", and sectors {} to {} are zero", survey.last_blanks.log_sector, sectors - 1);
  }
  findings.add(*survey.misfit,
               fmt::format("{} would lie past the end of the image ({}{}): the image was cut "
                           "short, or the superblock counts more entries than were written",
                           place(survey), counted(sectors, "sector"), zeroes));
}

void judge_bounds(const Survey& survey, Findings& findings) {
  if (ended_by(survey, HeaderFault::kPastEnd)) return judge_past_end(survey, findings);
  if (!ended_by(survey, HeaderFault::kBounds)) return;
  const std::uint64_t sectors = survey.sectors->sectors();
  findings.add(
      *survey.misfit,
      fmt::format("{} says {}, up to sector {}, past the end of the image ({}): the image was cut "
                  "short, or these bytes are no header{}",
                  place(survey), counted(survey.misfit->header.nr_sectors, "data sector"),
                  survey.misfit->placed().end() - 1, counted(sectors, "sector"), lost(survey)));
}

const std::array kRules = {
    Rule{"flags", Severity::kError, "flags are within 31", judge_flags},
    Rule{"overflow", Severity::kError, "positions and lengths fit 64 bits", judge_overflow},
    Rule{"mark", Severity::kError, "a MARK has no data and a text that fits", judge_mark},
    Rule{"data-length", Severity::kError, "data_len is within the entry", judge_data_length},
    Rule{"bounds", Severity::kError, "every counted entry lies within the image", judge_bounds},
};

}  // namespace

std::span<const Rule> header_rules() { return kRules; }

}  // namespace simcheck::logs
