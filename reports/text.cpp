#include "reports/text.hpp"

#include <algorithm>
#include <ostream>
#include <string>
#include <vector>

#include "reports/counterexample.hpp"
#include "reports/plain_text.hpp"
#include "reports/styled_line.hpp"
#include "reports/summary.hpp"
#include "reports/verdict.hpp"

namespace simcheck::reports {
namespace {

void print(std::ostream& out, const std::vector<std::string>& lines) {
  for (const std::string& line : lines) out << line << '\n';
}

Style verdict_style(const model::Result& result) {
  if (result.verdict == model::Verdict::kViolated) return kViolatedStyle;
  return is_complete(result) && result.verdict == model::Verdict::kHolds ? kHoldsStyle
                                                                         : kDoubtStyle;
}

// The first counterexample in full; of the others, which a run that keeps going may have in
// thousands, what it takes to see them.
void print_counterexamples(std::ostream& out, const model::Result& result,
                           const TextOptions& options) {
  bool in_full = true;
  for (const model::Counterexample& counterexample : result.counterexamples) {
    out << '\n';
    print(out, in_full ? counterexample_lines(result, counterexample, options)
                       : counterexample_brief(result, counterexample, options));
    in_full = options.verbose;
  }
  if (!result.replayed) return;
  out << '\n';
  print(out, execution_lines(*result.replayed, options));
}

}  // namespace

void write_text(std::ostream& out, const model::Result& result, const TextOptions& options) {
  TextOptions fitted = options;
  fitted.width = std::max(options.width, kTextWidthMin);
  for (const std::string& line : wrapped(verdict_line(result), fitted.width, 2))
    out << styled(line, verdict_style(result), options.colour) << '\n';
  if (options.quiet) return;
  print_counterexamples(out, result, fitted);
  out << '\n';
  print(out, coverage_lines(result, fitted.width));
  out << '\n';
  print(out, property_lines(result, fitted.width, options.colour));
  if (!options.verbose || result.workloads.empty()) return;
  out << '\n';
  print(out, workload_lines(result, fitted.width));
}

}  // namespace simcheck::reports
