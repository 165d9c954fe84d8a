// Holes: entries that were counted and whose bytes never came, known by what lies behind them; and
// a header whose wrong length looks like one.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "logs/rules.hpp"
#include "logs/words.hpp"

namespace simcheck::logs {
namespace {

// "a chain of 9 valid entries starts at sector 221"
std::string chain_behind(const Hole& hole) {
  return fmt::format("a chain of {} starts at sector {}", counted(hole.chain, "valid entry"),
                     hole.end());
}

std::string of_zeroes(const Hole& hole, std::uint64_t count) {
  const std::uint64_t shift = hole.sectors - 1;
  const std::uint64_t lost = std::min(shift, count - hole.at.index - 1);
  return fmt::format(
      "entry {} was never written: its header at sector {} is blank, as are all {} sectors up to "
      "{}, where a chain of {} starts; the request whose log write failed was {} long. A reader "
      "takes the zeroes for {} entries: all behind is counted {} too late, and the last {} of the "
      "log {} lost to it",
      hole.at.index, hole.at.log_sector, hole.sectors, hole.end(),
      counted(hole.chain, "valid entry"), counted(shift, "sector"), hole.sectors,
      counted(shift, "entry"), counted(lost, "entry"), lost == 1 ? "is" : "are");
}

std::string of_old_bytes(const Hole& hole) {
  const std::string header = hole.fault == HeaderFault::kNone
                                 ? "is blank, with other bytes behind it"
                                 : fmt::format("is impossible ({})", why(hole.fault));
  return fmt::format(
      "entry {}'s header at sector {} {}; {}; the request whose log write failed was {} long. "
      "Entry {} is missing, and all behind it lies {} further on than the headers say",
      hole.at.index, hole.at.log_sector, header, chain_behind(hole),
      counted(hole.sectors - 1, "sector"), hole.at.index, counted(hole.sectors, "sector"));
}

// What the count says of the holes taken together.
std::string account(const Survey& survey) {
  const HoleReading& reading = *survey.over_holes;
  const std::uint64_t count = survey.super->nr_entries;
  if (reading.stuck) {
    const std::uint64_t lost = count - reading.stuck->index;
    return fmt::format(
        "entry {}'s header at sector {} is impossible too ({}), and behind it nothing parses: the "
        "last {} of {} {} lost",
        reading.stuck->index, reading.stuck->log_sector, why(reading.stuck_fault),
        lost == 1 ? "entry" : counted(lost, "entry"), count, lost == 1 ? "is" : "are");
  }
  if (reading.entries < count) {
    return fmt::format(
        "the superblock counts {}, {} more than that makes: more than one was lost in the "
        "same place, or the last were lost too",
        counted(count, "entry"), count - reading.entries);
  }
  return "";
}

void judge_hole(const Survey& survey, Findings& findings) {
  if (!survey.holes_are_certain() || survey.wrong_entry) return;
  const HoleReading& reading = *survey.over_holes;
  for (const Hole& hole : reading.holes) {
    if (hole.repair || !findings.wants_more()) continue;
    findings.add(hole.at,
                 hole.zeroes ? of_zeroes(hole, survey.super->nr_entries) : of_old_bytes(hole));
  }
  const std::string rest = account(survey);
  if (!rest.empty()) findings.add(reading.stuck.value_or(reading.holes.back().at), rest);
}

// What is wrong with an entry that leads to no header.
std::string wrong_in(const WrongEntry& wrong) {
  const EntryHeader& header = wrong.entry.header;
  const std::uint64_t length = wrong.next_header - wrong.entry.log_sector - 1;
  if (!wrong.repair.header) {
    return fmt::format("its {} {} damaged, and cannot be told from the rest", wrong.repair.field,
                       verb_of(wrong.repair));
  }
  if (header.nr_sectors != wrong.repair.header->nr_sectors)
    return fmt::format("the length should be {}", length);
  return fmt::format("its flags are damaged, {} should be {}", flag_names(header.flags),
                     flag_names(wrong.repair.header->flags));
}

void judge_length(const Survey& survey, Findings& findings) {
  if (!survey.wrong_entry) return;
  const WrongEntry& wrong = *survey.wrong_entry;
  const Entry& entry = wrong.entry;
  const std::uint64_t left = survey.super->nr_entries - entry.index - 1;
  findings.add(
      entry,
      fmt::format("entry {} at sector {} says {}, but no header lies behind them; "
                  "a chain of {} starts at sector {}, which is as many as the "
                  "superblock counts: {}",
                  entry.index, entry.log_sector, counted(data_sectors(entry.header), "data sector"),
                  counted(left, "valid entry"), wrong.next_header, wrong_in(wrong)));
}

const std::array kRules = {
    Rule{"hole", Severity::kError, "every counted entry was written", judge_hole},
    Rule{"length", Severity::kError, "an entry's length leads to the next header", judge_length},
};

}  // namespace

std::span<const Rule> hole_rules() { return kRules; }

}  // namespace simcheck::logs
