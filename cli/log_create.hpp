// `simcheck log create`: writes a log image as a driver writes it, for other tools to be tried on.
#pragma once

#include "cli/cli11_names.hpp"

namespace simcheck::cli {

/// Adds the tool to `log`; see add_log_command().
void add_log_create(CLI::App& log, int& exit_code);

}  // namespace simcheck::cli
