// no-overlap and contiguous, as far as an image can tell: no header lies inside an entry's data.
//
// Where headers were written is not recorded, and a plain walk makes extents adjacent. So this asks
// for the one reading that the race leaves behind (swallowed.hpp) and puts the entries it places to
// the same rule that judges a simulated driver (placement.hpp).
#include <fmt/format.h>

#include <array>

#include "logs/rules.hpp"

namespace simcheck::logs {
namespace {

// What a reader that follows the headers lands on instead.
std::string plain_reading(const Survey& survey) {
  if (survey.misfit) {
    return fmt::format("lands on an impossible header at sector {}", survey.misfit->log_sector);
  }
  return fmt::format("lands on zeroes at sector {}", survey.last_blanks.log_sector);
}

void judge_swallowed(const Survey& survey, Findings& findings) {
  if (!survey.swallowing) return;
  const Swallowing& found = *survey.swallowing;
  findings.add(
      found.entry,
      fmt::format("{}: the header of entry {} lies inside the data of entry {}, whose zeroes "
                  "lie further on. This breaks no-overlap and contiguous; a reader that "
                  "trusts the headers {}, skips entry {} and replays its header as data",
                  explain(found.overlap, found.reading, found.entry.index),
                  found.entry.index + found.overlap.second, found.entry.index + found.overlap.first,
                  plain_reading(survey), found.entry.index + found.overlap.second));
}

const std::array kRules = {
    Rule{"swallowed-header",
         Severity::kError,
         "no header lies inside the data of another entry",
         judge_swallowed,
         nullptr,
         {"no-overlap", "contiguous"}},
};

}  // namespace

std::span<const Rule> swallowed_rules() { return kRules; }

}  // namespace simcheck::logs
