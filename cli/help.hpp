// The text of --help: groups without gaps, 80 columns, exit codes and examples at its end.
#pragma once

#include <string>

#include "cli/cli11_names.hpp"

namespace simcheck::cli {

/// Dresses the app and its subcommands; to be called when all of them were added. `program` is how
/// it was called.
void dress(CLI::App& app, const std::string& program);

}  // namespace simcheck::cli
