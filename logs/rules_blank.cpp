// Blank headers that no hole explains for certain: a write of length zero at offset zero leaves
// one, and so does an entry without data that was counted and never written.
#include <fmt/format.h>

#include <array>

#include "logs/rules.hpp"
#include "logs/words.hpp"

namespace simcheck::logs {
namespace {

bool is_explained(const Survey& survey) {
  return survey.swallowing || survey.other_size ||
         (survey.over_holes && survey.holes_are_certain());
}

bool rest_is_blank(const Survey& survey) {
  return survey.ends_blank && survey.tail &&
         survey.tail->data_sector() >= survey.sectors->sectors();
}

// Blank headers that end a file which grew with the log are writes of length zero: what is never
// written does not let a file grow.
bool may_be_writes(const Survey& survey) { return survey.end_sector >= survey.sectors->sectors(); }

bool is_missing_tail(const Survey& survey) {
  return !is_explained(survey) && !survey.misfit && rest_is_blank(survey) && !may_be_writes(survey);
}

void judge_missing(const Survey& survey, Findings& findings) {
  if (!is_missing_tail(survey)) return;
  const Blanks& tail = survey.last_blanks;
  findings.add({tail.index, tail.log_sector, {}},
               fmt::format("the superblock counts {}, but from entry {} at sector {} on there "
                           "is nothing but zeroes: the last {} {} never written or erased since",
                           counted(survey.super->nr_entries, "entry"), tail.index, tail.log_sector,
                           tail.count, tail.count == 1 ? "was" : "were"));
}

// A hole by its looks, but the count does not prove it.
std::string suspicion(const Survey& survey) {
  if (!survey.over_holes) {
    return survey.ends_blank && !survey.misfit
               ? "writes of length zero at offset zero, or the end of what a power cut left, where "
                 "entries were counted whose header never reached the disk; nothing tells them "
                 "apart, and --strict takes neither"
               : "writes of length zero at offset zero, or entries whose header was lost";
  }
  const Hole& hole = survey.over_holes->holes.front();
  return fmt::format(
      "writes of length zero at offset zero; or, likelier, a hole of {} where the log write of {} "
      "failed, since {} behind it (the superblock's count does not prove it)",
      counted(hole.sectors, "sector"), fmt::format("entry {}", hole.at.index),
      hole.chain == 1 ? "an entry parses" : fmt::format("{} parse", counted(hole.chain, "entry")));
}

void judge_blank(const Survey& survey, Findings& findings) {
  if (is_explained(survey) || survey.misfit || survey.blanks_total == 0) return;
  if (is_missing_tail(survey)) return;
  const Blanks& first = survey.blanks.front();
  findings.add(
      {first.index, first.log_sector, {}},
      fmt::format("{} {} blank, the first is entry {} at sector {}: {}",
                  counted(survey.blanks_total, "header"), survey.blanks_total == 1 ? "is" : "are",
                  first.index, first.log_sector, suspicion(survey)));
}

const std::array kRules = {
    Rule{"missing-entries", Severity::kError, "the superblock counts no more than was written",
         judge_missing},
    Rule{"blank-header", Severity::kWarning, "headers say what they are", judge_blank},
};

}  // namespace

std::span<const Rule> blank_rules() { return kRules; }

}  // namespace simcheck::logs
