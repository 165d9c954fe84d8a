// `simcheck log replay`: brings a file or block device to a point of a log's history.
#pragma once

#include "cli/cli11_names.hpp"

namespace simcheck::cli {

/// Adds the tool to `log`; see add_log_command().
void add_log_replay(CLI::App& log, int& exit_code);

}  // namespace simcheck::cli
