// Blank headers: a write of length zero at offset zero leaves one, and so does an entry that was
// counted and never written. What lies around them tells which.
#include <fmt/format.h>

#include <array>

#include "logs/rules.hpp"

namespace simcheck::logs {
namespace {

// A lost header over zero data reads as a row of k blank entries, which push the k - 1 entries
// behind it out of the count.
bool is_hole(const Survey& survey, const Blanks& blanks) {
  return blanks.count > 1 && survey.beyond == blanks.count - 1;
}

void judge_hole(const Survey& survey, Findings& findings) {
  if (survey.swallowing || survey.misfit) return;
  for (const Blanks& blanks : survey.blanks) {
    if (!is_hole(survey, blanks)) continue;
    findings.add(
        {blanks.index, blanks.log_sector, {}},
        fmt::format("entry {} at sector {} was never written: {} blank headers stand in its "
                    "place, and the {} valid {} from sector {} on {} pushed out of the count",
                    blanks.index, blanks.log_sector, blanks.count, survey.beyond,
                    survey.beyond == 1 ? "entry" : "entries", survey.beyond_sector,
                    survey.beyond == 1 ? "is" : "are"));
    return;
  }
}

// One blank header that ends a file which grew with the log is a write of length zero.
bool may_be_a_write(const Survey& survey) {
  return survey.last_blanks.count == 1 && survey.end_sector >= survey.sectors->sectors();
}

bool is_missing_tail(const Survey& survey) {
  return !survey.swallowing && !survey.misfit && survey.rest_is_blank && !may_be_a_write(survey);
}

void judge_missing(const Survey& survey, Findings& findings) {
  if (!is_missing_tail(survey)) return;
  const Blanks& tail = survey.last_blanks;
  findings.add(
      {tail.index, tail.log_sector, {}},
      fmt::format("the superblock counts {} entries, but from entry {} at sector {} on there "
                  "is nothing but zeroes: the last {} {} never written or erased since",
                  survey.super->nr_entries, tail.index, tail.log_sector, tail.count,
                  tail.count == 1 ? "was" : "were"));
}

void judge_blank(const Survey& survey, Findings& findings) {
  if (survey.swallowing || survey.misfit || survey.blanks_total == 0) return;
  if (is_missing_tail(survey)) return;
  for (const Blanks& blanks : survey.blanks) {
    if (is_hole(survey, blanks)) return;
  }
  const Blanks& first = survey.blanks.front();
  findings.add(
      {first.index, first.log_sector, {}},
      fmt::format("{} {} blank, the first is entry {} at sector {}: writes of length zero, "
                  "or entries whose header was lost",
                  survey.blanks_total, survey.blanks_total == 1 ? "header is" : "headers are",
                  first.index, first.log_sector));
}

const std::array kRules = {
    Rule{"hole", Severity::kError, "every counted entry was written", judge_hole},
    Rule{"missing-entries", Severity::kError, "the superblock counts no more than was written",
         judge_missing},
    Rule{"blank-header", Severity::kWarning, "headers say what they are", judge_blank},
};

}  // namespace

std::span<const Rule> blank_rules() { return kRules; }

}  // namespace simcheck::logs
