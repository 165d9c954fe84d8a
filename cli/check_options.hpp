// The user's options as what the model needs.
#pragma once

#include <string>

#include "cli/options.hpp"
#include "cli/workload_source.hpp"
#include "model/check.hpp"

namespace simcheck::cli {

model::CheckOptions check_options(const Options& options, WorkloadChoice choice);

/// What a replay must repeat besides driver, workload and schedule: "--detect-zeroes on".
std::string replay_options(const Options& options, const WorkloadChoice& choice);

/// For Result::settings.
std::string setting_options(const Options& options, const WorkloadChoice& choice);

}  // namespace simcheck::cli
