// --save-log: the log image that one execution of a check leaves behind.
#pragma once

#include <string>

#include "model/check.hpp"
#include "model/result.hpp"

namespace simcheck::cli {

/// Saves the log of the first counterexample; without one, that of the replayed schedule, or of the
/// simplest execution of the first of the largest workloads. Throws UsageError.
void save_log(const model::CheckOptions& check, const model::Result& result,
              const std::string& path);

}  // namespace simcheck::cli
