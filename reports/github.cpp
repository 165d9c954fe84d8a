#include "reports/github.hpp"

#include <fmt/format.h>

#include <ostream>
#include <string>
#include <string_view>

#include "model/failure_text.hpp"
#include "reports/replay_line.hpp"
#include "reports/source_line.hpp"
#include "reports/step_text.hpp"
#include "reports/verdict.hpp"

namespace simcheck::reports {
namespace {

// `special` besides those that every part of a command escapes.
std::string escaped(std::string_view text, std::string_view special) {
  std::string result;
  for (const char character : text) {
    const bool is_special = std::string_view("%\r\n").find(character) != std::string_view::npos ||
                            special.find(character) != std::string_view::npos;
    result += is_special ? fmt::format("%{:02X}", static_cast<unsigned char>(character))
                         : std::string(1, character);
  }
  return result;
}

void annotate(std::ostream& out, std::string_view kind, std::string_view title,
              std::string_view message, const std::optional<SourceLine>& source = {}) {
  std::string where;
  if (source) where = fmt::format("file={},line={},", escaped(source->file, ":,"), source->line);
  out << fmt::format("::{} {}title={}::{}\n", kind, where, escaped(title, ":,"),
                     escaped(message, ""));
}

void annotate_finding(std::ostream& out, const model::Result& result,
                      const model::Counterexample& example, const model::Finding& finding) {
  const bool expected = result.violation_expected;
  const char* const remark = finding.known ? " (known)" : expected ? " (expected)" : "";
  const std::string title =
      fmt::format("simcheck: {} breaks {}{}", result.driver, finding.property, remark);
  annotate(out,
           finding.known ? "warning"
           : expected    ? "notice"
                         : "error",
           title,
           fmt::format("{}: {}, {}.\nSee it again with\n{}", example.workload, finding.reason,
                       moment_text(example, finding), replay_line(result, example)),
           source_line(example.trace, finding));
}

}  // namespace

void write_github(std::ostream& out, const model::Result& result) {
  for (const model::Counterexample& example : result.counterexamples)
    for (const model::Finding& finding : example.findings)
      annotate_finding(out, result, example, finding);
  if (result.failure)
    annotate(out, "error", "simcheck: " + result.driver, model::failure_text(result.failure));
  if (result.verdict == model::Verdict::kViolated) return;
  const bool is_shown = is_complete(result) && result.verdict == model::Verdict::kHolds;
  const bool expected = result.violation_expected;
  annotate(out,
           !is_shown  ? "warning"
           : expected ? "error"
                      : "notice",
           "simcheck: " + result.driver,
           fmt::format("{}: {}", result.workload_set,
                       expected ? expectation(result) : verdict_line(result)));
}

}  // namespace simcheck::reports
