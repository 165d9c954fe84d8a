// What is worth knowing about a log and no fault of it by itself.
#include <fmt/format.h>

#include <array>

#include "logs/rules.hpp"

namespace simcheck::logs {
namespace {

void judge_padding(SectorReader& reader, const Entry& entry, Findings& findings) {
  const bool mark = (entry.header.flags & kFlagMark) != 0;
  if (reader.padding_is_zero(entry.log_sector, mark ? entry.header.data_len : 0)) return;
  if (!findings.wants_more()) return;
  findings.add(entry,
               fmt::format("entry {}: its sector {} is not zero behind the header, as every "
                           "producer leaves it: the header may be data, or data overwrote it",
                           entry.index, entry.log_sector));
}

void judge_header_like(const Survey& survey, Findings& findings) {
  if (survey.header_like == 0 || survey.misfit || survey.swallowing) return;
  const Entry& first = survey.first_header_like;
  findings.add(
      first,
      fmt::format("the data of {} {} with what could be a header, the first is entry "
                  "{} (sector {}): the log reads well without, so this is guest data",
                  survey.header_like, survey.header_like == 1 ? "entry begins" : "entries begin",
                  first.index, first.log_sector + 1));
}

void judge_bounded_search(const Survey& survey, Findings& findings) {
  if (!survey.search_gave_up) return;
  findings.add(
      "the search for swallowed headers reached its bound of steps: they are not ruled out");
}

void judge_beyond(const Survey& survey, Findings& findings) {
  if (survey.beyond == 0 || survey.ends_blank || survey.blanks_total > 1) return;
  findings.add({survey.entries, survey.beyond_sector, {}},
               fmt::format("{} {} behind the counted entries, from sector {} on: not judged; an "
                           "unclean end leaves such, and so does an older log in the same file",
                           survey.beyond, survey.beyond == 1 ? "entry parses" : "entries parse",
                           survey.beyond_sector));
}

const std::array kRules = {
    Rule{"header-padding", Severity::kWarning, "a header's sector is zero behind it", nullptr,
         judge_padding},
    Rule{"search-bound", Severity::kWarning, "the search for swallowed headers is complete",
         judge_bounded_search},
    Rule{"header-like-data", Severity::kNote, "data does not look like a header",
         judge_header_like},
    Rule{"beyond-count", Severity::kNote, "nothing parses behind the counted entries",
         judge_beyond},
};

}  // namespace

std::span<const Rule> remark_rules() { return kRules; }

}  // namespace simcheck::logs
