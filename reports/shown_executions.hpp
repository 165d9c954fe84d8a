// The executions that a result shows step by step.
#pragma once

#include <span>

#include "model/result.hpp"

namespace simcheck::reports {

/// Its counterexamples; of a replay that breaks nothing, the one execution. They are the result's.
inline std::span<const model::Counterexample> shown_executions(const model::Result& result) {
  if (result.replayed) return {&*result.replayed, 1};
  return result.counterexamples;
}

}  // namespace simcheck::reports
