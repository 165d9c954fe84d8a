// `simcheck compare`: every property on every driver.
#pragma once

#include <string>

#include "cli/cli11_names.hpp"

namespace simcheck::cli {

/// Adds the subcommand `compare`. When it was given, parsing runs it and sets `exit_code`, an
/// ExitStatus. Throws UsageError, OutputError, model::Divergence.
void add_compare_command(CLI::App& app, const std::string& program, int& exit_code);

}  // namespace simcheck::cli
