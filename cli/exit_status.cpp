#include "cli/exit_status.hpp"

#include <algorithm>

namespace simcheck::cli {
namespace {

bool all_known(const model::Result& result) {
  bool any = false;
  for (const model::WorkloadResult& workload : result.workloads) {
    if (!std::ranges::all_of(workload.broken, &model::Broken::known)) return false;
    any |= !workload.broken.empty();
  }
  return any;
}

bool all_exercised(const model::Result& result) {
  return std::ranges::find(result.properties, model::Verdict::kNotExercised,
                           &model::PropertyResult::verdict) == result.properties.end();
}

}  // namespace

ExitStatus exit_status(const model::Result& result, Expectation expectation) {
  const bool expected = expectation == Expectation::kViolated;
  if (result.verdict == model::Verdict::kViolated && !all_known(result))
    return expected ? ExitStatus::kComplete : ExitStatus::kViolated;
  const bool is_enough = expectation == Expectation::kNoViolation && !result.coverage.interrupted;
  if (!result.coverage.complete() && !is_enough) return ExitStatus::kIncomplete;
  if (result.verdict == model::Verdict::kNotExercised) return ExitStatus::kIncomplete;
  if (expectation == Expectation::kExercised && !all_exercised(result))
    return ExitStatus::kIncomplete;
  return expected ? ExitStatus::kViolated : ExitStatus::kComplete;
}

}  // namespace simcheck::cli
