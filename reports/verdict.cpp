#include "reports/verdict.hpp"

#include <fmt/format.h>

#include <vector>

#include "reports/plain_text.hpp"

namespace simcheck::reports {
namespace {

using model::Result;
using model::Verdict;

bool was_interrupted(const Result& result) {
  return result.coverage.interrupted || result.verdict == Verdict::kInterrupted;
}

bool is_replay(const Result& result) { return result.strategy == "replay"; }

std::string workloads_done(const Result& result) {
  return fmt::format("{} of {}", grouped(result.workloads_done),
                     counted(result.workloads_total, "workload"));
}

std::string bounds(const Result& result) {
  if (!result.coverage.bounds.empty()) return printable(joined(result.coverage.bounds));
  return is_replay(result) ? "one interleaving" : workloads_done(result);
}

std::string violated_names(const Result& result) {
  std::vector<std::string> names;
  for (const auto& property : result.properties) {
    if (property.verdict == Verdict::kViolated) names.push_back(printable(property.name));
  }
  return joined(names);
}

}  // namespace

bool stopped_at_violation(const Result& result) {
  return result.verdict == Verdict::kViolated && result.coverage.stopped_at_violation;
}

bool is_complete(const Result& result) {
  return result.coverage.complete() && !was_interrupted(result) && !stopped_at_violation(result) &&
         !is_replay(result) && result.workloads_done == result.workloads_total;
}

std::string verdict_line(const Result& result) {
  if (result.verdict == Verdict::kViolated) {
    const std::string names = violated_names(result);
    return names.empty() ? "violated" : "violated: " + names;
  }
  if (was_interrupted(result)) {
    const std::string line = "interrupted: no violation in " + workloads_done(result);
    return result.coverage.bounds.empty() ? line
                                          : line + fmt::format(" (bounded: {})", bounds(result));
  }
  const std::string reach =
      is_complete(result) ? "complete" : fmt::format("bounded: {}", bounds(result));
  return fmt::format("{} ({})", to_string(result.verdict), reach);
}

std::string claim(const Result& result, const model::PropertyResult& property) {
  if (property.verdict == Verdict::kHolds) {
    if (is_complete(result)) return "holds";
    if (was_interrupted(result) || stopped_at_violation(result)) return "no violation so far";
    return "holds (bounded)";
  }
  if (property.verdict == Verdict::kNotExercised) {
    return "not exercised: nothing explored could have broken it";
  }
  return to_string(property.verdict);
}

std::string expectation(const Result& result) {
  if (result.verdict == Verdict::kViolated) return "a violation was expected, and there is one";
  return fmt::format("a violation was expected, and {}",
                     result.coverage.complete() && result.verdict == Verdict::kHolds
                         ? "there is none"
                         : "none was found: " + verdict_line(result));
}

std::string extent(const Result& result) {
  if (is_replay(result)) return "one interleaving, as given";
  if (is_complete(result)) return "every interleaving";
  if (result.failure) return fmt::format("up to {}", model::kErrorBound);
  if (was_interrupted(result)) return "interrupted, the rest was not explored";
  if (stopped_at_violation(result)) return "up to the first violation";
  return fmt::format("only what these bounds let through: {}", bounds(result));
}

}  // namespace simcheck::reports
