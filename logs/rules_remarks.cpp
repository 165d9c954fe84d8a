// What is worth knowing about a log and no fault of it by itself.
#include <fmt/format.h>

#include <array>

#include "logs/rules.hpp"
#include "logs/words.hpp"

namespace simcheck::logs {
namespace {

void judge_header_like(const Survey& survey, Findings& findings) {
  if (survey.header_like == 0 || survey.misfit || survey.swallowing || survey.other_size) return;
  const Entry& first = survey.first_header_like;
  findings.add(
      first,
      fmt::format("the data of {} {} with what could be a header, the first is entry "
                  "{} (sector {}): the log reads well without, so this is guest data",
                  counted(survey.header_like, "entry"),
                  survey.header_like == 1 ? "begins" : "begin", first.index, first.log_sector + 1));
}

void judge_bounded_search(const Survey& survey, Findings& findings) {
  if (!survey.search_gave_up) return;
  findings.add(
      "the search for swallowed headers reached its bound of steps: they are not ruled out");
}

// An older log in the same file, or the end of this one that the superblock does not count yet.
std::string likelier_origin(const Survey& survey) {
  const Tail& tail = *survey.tail;
  if (survey.is_closed()) {
    return "an older log's: this one was closed before them";
  }
  if (tail.foreign_bytes) {
    return "likelier an older log's than the end of this one, for they do not begin where its next "
           "entry would";
  }
  if (tail.zero_sectors > 0) {
    return "likelier requests of this log that were in flight when it was cut off than an older "
           "log's, for only zeroes lie between";
  }
  return "likelier the end of this log, cut off before the superblock counted it, than an older "
         "log's, for they begin where its next entry would";
}

void judge_beyond(const Survey& survey, Findings& findings) {
  if (!survey.tail || survey.tail->entries == 0) return;
  const Tail& tail = *survey.tail;
  findings.add({survey.entries, tail.entries_sector, {}},
               fmt::format("{} {} behind the counted ones, from sector {} on: {}",
                           counted(tail.entries, "entry"), tail.entries == 1 ? "parses" : "parse",
                           tail.entries_sector, likelier_origin(survey)));
}

void judge_stale(const Survey& survey, Findings& findings) {
  if (!survey.tail || !survey.tail->foreign_bytes || survey.tail->zero_sectors > 0) return;
  findings.add(
      {survey.entries, survey.tail->sector, {}},
      fmt::format("behind the last counted entry, at sector {}, lie bytes that are no header: "
                  "likelier what the file held before than the torn end of this log",
                  survey.tail->sector));
}

void judge_sparse(const Survey& survey, Findings& findings) {
  if (!survey.tail || !survey.tail->foreign_bytes || survey.tail->zero_sectors == 0) return;
  findings.add(
      {survey.entries, survey.tail->data_sector(), {}},
      fmt::format("behind the counted entries lie {} of zeroes, then bytes that are no "
                  "header, at sector {}: the file held them before, or somebody else "
                  "wrote them",
                  counted(survey.tail->zero_sectors, "sector"), survey.tail->data_sector()));
}

const std::array kRules = {
    Rule{"search-bound", Severity::kWarning, "the search for swallowed headers is complete",
         judge_bounded_search},
    Rule{"header-like-data", Severity::kNote, "data does not look like a header",
         judge_header_like},
    Rule{"beyond-count", Severity::kNote, "nothing parses behind the counted entries",
         judge_beyond},
    Rule{"stale-bytes", Severity::kNote, "nothing but zeroes follow the counted entries",
         judge_stale},
    Rule{"sparse-tail", Severity::kNote, "no data lies behind zeroes at the end", judge_sparse},
};

}  // namespace

std::span<const Rule> remark_rules() { return kRules; }

}  // namespace simcheck::logs
