// `simcheck log dump`: lists the entries of a log image.
#pragma once

#include "cli/cli11_names.hpp"

namespace simcheck::cli {

/// Adds the tool to `log`; see add_log_command().
void add_log_dump(CLI::App& log, int& exit_code);

}  // namespace simcheck::cli
