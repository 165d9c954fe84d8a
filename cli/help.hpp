// The text of --help: groups without gaps, 80 columns, exit codes and examples at its end.
#pragma once

#include <CLI/CLI.hpp>

namespace simcheck::cli {

/// Dresses the app, and with it the subcommands that are added later.
void dress(CLI::App& app);

}  // namespace simcheck::cli
