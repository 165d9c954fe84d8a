// `simcheck log`: the tools on log images, each in a file of its own. Those that read know no
// simulator.
#pragma once

#include "cli/cli11_names.hpp"

namespace simcheck::cli {

/// Adds the subcommand `log`. When it was given, parsing runs it and sets `exit_code`: 0 the log is
/// sound, 1 it breaks a rule. Throws UsageError for an image that cannot be read, OutputError.
void add_log_command(CLI::App& app, int& exit_code);

}  // namespace simcheck::cli
