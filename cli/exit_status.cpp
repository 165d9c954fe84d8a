#include "cli/exit_status.hpp"

namespace simcheck::cli {

ExitStatus exit_status(const model::Result& result, Expectation expectation) {
  const bool expected = expectation == Expectation::kViolated;
  if (result.verdict == model::Verdict::kViolated)
    return expected ? ExitStatus::kComplete : ExitStatus::kViolated;
  if (!result.coverage.complete()) return ExitStatus::kIncomplete;
  return expected ? ExitStatus::kViolated : ExitStatus::kComplete;
}

}  // namespace simcheck::cli
