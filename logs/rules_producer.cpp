// What only one of the producers does.
#include <fmt/format.h>

#include <array>

#include "logs/rules.hpp"
#include "logs/words.hpp"

namespace simcheck::logs {
namespace {

// A log that was not closed: why, as far as it shows.
std::string why_unclosed(const Survey& survey) {
  const std::uint64_t left =
      survey.sectors->sectors() - std::min(survey.sectors->sectors(), survey.end_sector);
  const std::string room =
      fmt::format("{} left behind the last counted entry", counted(left, "sector"));
  if (survey.can_grow && left <= 1)
    return "still in use, cut off by a crash, or full, if its device was no longer than this file";
  return left <= 1 ? fmt::format("full ({}): the kernel then stops logging without a word", room)
                   : fmt::format("still in use, cut off by a crash, or full ({})", room);
}

void judge_end_mark(const Survey& survey, Findings& findings) {
  if (survey.producer.producer != Producer::kKernel || survey.misfit || survey.is_closed()) return;
  findings.add(
      fmt::format("a kernel log that was closed ends with the mark '{}', this one does "
                  "not: it is {}",
                  kEndMark, why_unclosed(survey)));
}

void judge_foreign(const Survey& survey, Findings& findings) {
  const Traits& traits = survey.traits;
  if (survey.producer.producer == Producer::kQemu && traits.kernel_only > 0) {
    const Entry& entry = traits.first_kernel_only;
    findings.add(entry,
                 fmt::format("{} with FUA, MARK, METADATA or data_len, the first is entry "
                             "{} at sector {}: QEMU writes none of these",
                             counted(traits.kernel_only, "entry"), entry.index, entry.log_sector));
  }
  if (survey.producer.producer == Producer::kKernel && traits.empty + survey.blanks_total > 0) {
    findings.add(fmt::format("{} without flags and length: the kernel logs none of those",
                             counted(traits.empty + survey.blanks_total, "entry")));
  }
}

const std::array kRules = {
    Rule{"end-mark", Severity::kWarning, "a kernel log ends with the mark of a clean close",
         judge_end_mark},
    Rule{"producer", Severity::kWarning, "a log holds what its producer writes", judge_foreign},
};

}  // namespace

std::span<const Rule> producer_rules() { return kRules; }

}  // namespace simcheck::logs
