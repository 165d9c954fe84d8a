// The data device, where there is one to compare with.
#include <fmt/format.h>

#include <array>

#include "logs/rules.hpp"
#include "logs/words.hpp"

namespace simcheck::logs {
namespace {

std::string nor_uncounted(const Difference& difference) {
  return difference.either ? ", nor as an entry behind the count has it" : "";
}

std::string bytes_differ(const Difference& difference) {
  return fmt::format("byte {} of the data device is {:#04x}, not {:#04x}", difference.offset_bytes,
                     difference.found, difference.expected);
}

void judge_data(const Survey& survey, Findings& findings) {
  if (!survey.compared || !survey.compared->first) return;
  const Difference& first = *survey.compared->first;
  const Entry& entry = *first.entry;
  findings.add(entry,
               fmt::format("{} as the last entry to write there has it, entry {} at sector {} ({} "
                           "from {} on){}: an entry behind it is missing, it is itself an older "
                           "log's, a request in flight at the same time wrote there, or the bytes "
                           "on the device or in the log were damaged",
                           bytes_differ(first), entry.index, entry.log_sector,
                           counted(entry.header.nr_sectors, "sector"), entry.header.sector,
                           nor_uncounted(first)));
}

void judge_unlogged(const Survey& survey, Findings& findings) {
  if (!survey.compared || !survey.compared->unlogged) return;
  findings.add(fmt::format(
      "{} as in the base, and no {}entry wrote {}: one is missing, the base is not what "
      "the device held before, or the bytes on the device were damaged",
      bytes_differ(*survey.compared->unlogged), survey.compared->unlogged->either ? "counted " : "",
      survey.compared->unlogged->either ? "there, nor one behind the count that" : "there"));
}

const std::array kRules = {
    Rule{"data",
         Severity::kError,
         "the data device holds what the log wrote last",
         judge_data,
         nullptr,
         {},
         Needs::kDataDevice},
    Rule{"unlogged-data",
         Severity::kError,
         "elsewhere the data device is as the base",
         judge_unlogged,
         nullptr,
         {},
         Needs::kBase},
};

}  // namespace

std::span<const Rule> data_rules() { return kRules; }

}  // namespace simcheck::logs
