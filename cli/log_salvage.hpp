// `simcheck log salvage`: makes a valid log of what is left of a damaged one.
#pragma once

#include "cli/cli11_names.hpp"

namespace simcheck::cli {

/// Adds the tool to `log`; see add_log_command().
void add_log_salvage(CLI::App& log, int& exit_code);

}  // namespace simcheck::cli
