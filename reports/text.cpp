#include "reports/text.hpp"

#include <algorithm>
#include <ostream>
#include <string>
#include <vector>

#include "reports/counterexample.hpp"
#include "reports/plain_text.hpp"
#include "reports/summary.hpp"
#include "reports/verdict.hpp"

namespace simcheck::reports {
namespace {

void print(std::ostream& out, const std::vector<std::string>& lines) {
  for (const std::string& line : lines) out << line << '\n';
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
}

}  // namespace

void write_text(std::ostream& out, const model::Result& result, const TextOptions& options) {
  TextOptions fitted = options;
  fitted.width = std::max(options.width, kTextWidthMin);
  print(out, wrapped(verdict_line(result), fitted.width, 2));
  if (options.quiet) return;
  print_counterexamples(out, result, fitted);
  out << '\n';
  print(out, coverage_lines(result, fitted.width));
  out << '\n';
  print(out, property_lines(result, fitted.width));
  if (!options.verbose || result.workloads.empty()) return;
  out << '\n';
  print(out, workload_lines(result, fitted.width));
}

}  // namespace simcheck::reports
