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

// An impossible header: the one that ended the walk, or one behind it.
struct Impossible {
  const Survey& survey;
  const Entry& at;
  const Hole* hole;  // the place as holes.hpp reads it, if it does

  const EntryHeader& header() const { return at.header; }
  bool is_repaired() const { return hole != nullptr && hole->repair; }
};

// The place that a reading over holes makes of it.
const Hole* hole_at(const Survey& survey, std::uint64_t sector) {
  if (!survey.over_holes) return nullptr;
  const std::vector<Hole>& holes = survey.over_holes->holes;
  const auto is_here = [&](const Hole& hole) { return hole.at.log_sector == sector; };
  const auto hole = std::find_if(holes.begin(), holes.end(), is_here);
  return hole == holes.end() ? nullptr : &*hole;
}

// "entry 3 of 9: the header at sector 17"
std::string place(const Impossible& it) {
  return fmt::format("entry {} of {}: the header at sector {}", it.at.index,
                     it.survey.super->nr_entries, it.at.log_sector);
}

// Where the log goes on behind the impossible header; there may be other holes before and behind.
std::uint64_t sector_behind(const Impossible& it) {
  const std::vector<Hole>& holes = it.survey.over_holes->holes;
  const auto is_behind = [&](const Hole& hole) { return hole.end() > it.at.log_sector; };
  const auto hole = std::find_if(holes.begin(), holes.end(), is_behind);
  return hole == holes.end() ? holes.back().end() : hole->end();
}

// "; its length leads to 7 valid entries at sector 28, so only its flags are damaged"
std::string damage(const Hole& hole) {
  const Repair& repair = *hole.repair;
  const bool length_leads =
      data_sectors(hole.at.header) > 0 && !repair.field.ends_with(kLengthField);
  const std::string rest = counted(hole.chain, "valid entry");
  std::string what =
      length_leads
          ? fmt::format("; its length leads to {} at sector {}", rest, hole.end())
          : fmt::format("; all else in it is sound, and {} {} behind it, from sector {} on", rest,
                        hole.chain == 1 ? "lies" : "lie", hole.end());
  what += fmt::format(", so only its {} {} damaged", repair.field, verb_of(repair));
  if (!repair.header) return what + ", and cannot be told from the rest";
  if (repair.field == kLengthField)
    what += fmt::format(", and should be {}", repair.header->nr_sectors);
  return what;
}

// What an impossible header means for the rest of the log.
std::string meaning(const Impossible& it) {
  if (it.is_repaired()) return damage(*it.hole);
  if (it.survey.holes_are_certain()) {
    return fmt::format("; the log goes on at sector {}, for a reader that searches",
                       sector_behind(it));
  }
  return fmt::format("; the log cannot be read from here on ({} lost)",
                     counted(it.survey.super->nr_entries - it.at.index, "entry"));
}

using Describe = std::string (*)(const Impossible& it);

// Tells of the header that ended the walk, and of those behind it that are damaged. Where the entry
// before it leads to the wrong place, there is no header.
void judge_fault(const Survey& survey, HeaderFault fault, Describe describe, Findings& findings) {
  if (!survey.misfit || survey.swallowing || survey.wrong_entry || survey.other_size) return;
  const auto add = [&](const Impossible& it) {
    findings.add(it.at, place(it) + " " + describe(it) + meaning(it));
  };
  const std::uint64_t first = survey.misfit->log_sector;
  if (survey.misfit_fault == fault) add({survey, *survey.misfit, hole_at(survey, first)});
  if (!survey.over_holes) return;
  for (const Hole& hole : survey.over_holes->holes) {
    if (hole.repair && hole.fault == fault && hole.at.log_sector != first)
      add({survey, hole.at, &hole});
  }
}

std::string wrong_flags(const Impossible& it) {
  return fmt::format("has flags {:#x}, only the bits of {} exist{}", it.header().flags, kFlagsAll,
                     it.is_repaired() ? "" : ": these bytes are no header");
}

std::string wrong_sizes(const Impossible& it) {
  return fmt::format(
      "says sector {} and {} of {} bytes: that overflows 64 bits, so no device has it",
      it.header().sector, counted(it.header().nr_sectors, "sector"), it.survey.super->sector_size);
}

std::string wrong_mark(const Impossible& it) {
  const EntryHeader& header = it.header();
  const std::uint64_t room = it.survey.super->sector_size - kEntryHeaderBytes;
  if (header.nr_sectors != 0) {
    return fmt::format("is a malformed MARK, with {}, it has none",
                       counted(header.nr_sectors, "data sector"));
  }
  if (header.data_len >= room) {
    return fmt::format("is a malformed MARK, with a text of {}, at most {} fit its sector",
                       counted(header.data_len, "byte"), room == 0 ? 0 : room - 1);
  }
  return fmt::format("is a malformed MARK, whose text of {} does not end in its only NUL",
                     counted(header.data_len, "byte"));
}

std::string wrong_data_length(const Impossible& it) {
  return fmt::format("has data_len {} without MARK, but only {} of {} bytes", it.header().data_len,
                     counted(data_sectors(it.header()), "data sector"),
                     it.survey.super->sector_size);
}

std::string wrong_bounds(const Impossible& it) {
  return fmt::format(
      "says {}, up to sector {}, past the end of the image ({}){}",
      counted(it.header().nr_sectors, "data sector"), it.at.placed().end() - 1,
      counted(it.survey.sectors->sectors(), "sector"),
      it.is_repaired() ? "" : ": the image was cut short, or these bytes are no header");
}

void judge_flags(const Survey& survey, Findings& findings) {
  judge_fault(survey, HeaderFault::kFlags, wrong_flags, findings);
}

void judge_overflow(const Survey& survey, Findings& findings) {
  judge_fault(survey, HeaderFault::kOverflow, wrong_sizes, findings);
}

void judge_mark(const Survey& survey, Findings& findings) {
  judge_fault(survey, HeaderFault::kMark, wrong_mark, findings);
}

void judge_data_length(const Survey& survey, Findings& findings) {
  judge_fault(survey, HeaderFault::kDataLength, wrong_data_length, findings);
}

std::string past_end(const Impossible& it) {
  const std::uint64_t sectors = it.survey.sectors->sectors();
  std::string zeroes;
  if (it.survey.ends_blank) {
    zeroes = fmt::format(", and sectors {} to {} are zero", it.survey.last_blanks.log_sector,
                         sectors - 1);
  }
  return fmt::format(
      "would lie past the end of the image ({}{}): the image was cut short, the superblock counts "
      "more entries than were written, or a length is too large and hides the rest",
      counted(sectors, "sector"), zeroes);
}

void judge_bounds(const Survey& survey, Findings& findings) {
  judge_fault(survey, HeaderFault::kBounds, wrong_bounds, findings);
  if (survey.misfit && survey.misfit_fault == HeaderFault::kPastEnd && !survey.swallowing &&
      !survey.other_size) {
    const Impossible it{survey, *survey.misfit, nullptr};
    findings.add(it.at, place(it) + " " + past_end(it));
  }
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
