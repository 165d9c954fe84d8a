// The check that a trace file's arguments describe.
#pragma once

#include <string>
#include <vector>

#include "cli/options.hpp"
#include "model/check.hpp"
#include "model/workload.hpp"

namespace simcheck::cli {

struct ReplayedCheck {
  Options options;
  model::CheckOptions check;   ///< with the one workload, and the strategy kReplay
  std::string replay_options;  ///< for Result::replay_options
};

/// Reads the arguments as the command would. Throws UsageError.
ReplayedCheck check_of(const std::vector<std::string>& arguments, const std::string& program);

}  // namespace simcheck::cli
