// `simcheck list`: everything that has a name.
#pragma once

#include "cli/cli11_names.hpp"

namespace simcheck::cli {

/// Adds the subcommand `list`. When it was given, parsing runs it.
void add_list_command(CLI::App& app);

}  // namespace simcheck::cli
