// `simcheck list`: everything that has a name.
#pragma once

#include <string>
#include <vector>

#include "cli/cli11_names.hpp"

namespace simcheck::cli {

/// What its argument can be: "drivers", "properties", ...
std::vector<std::string> what_can_be_listed();

/// Adds the subcommand `list`. When it was given, parsing runs it.
void add_list_command(CLI::App& app);

}  // namespace simcheck::cli
