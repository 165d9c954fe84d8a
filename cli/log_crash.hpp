// `simcheck log crash`: the images that a power cut at a point of a log can leave, and a check of
// each.
#pragma once

#include "cli/cli11_names.hpp"

namespace simcheck::cli {

/// Adds the tool to `log`; see add_log_command().
void add_log_crash(CLI::App& log, int& exit_code);

}  // namespace simcheck::cli
