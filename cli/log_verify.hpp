// `simcheck log verify`: judges a log image by the rules of the format.
#pragma once

#include "cli/cli11_names.hpp"

namespace simcheck::cli {

/// Adds the tool to `log`; see add_log_command().
void add_log_verify(CLI::App& log, int& exit_code);

}  // namespace simcheck::cli
