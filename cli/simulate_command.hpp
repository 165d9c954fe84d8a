// `simcheck simulate`: one long run in virtual time.
#pragma once

#include <string>

#include "cli/cli11_names.hpp"

namespace simcheck::cli {

/// Adds the subcommand `simulate`. When it was given, parsing runs it and sets `exit_code`, an
/// ExitStatus. Throws UsageError, OutputError.
void add_simulate_command(CLI::App& app, const std::string& program, int& exit_code);

}  // namespace simcheck::cli
