// The manual page simcheck(1), in the man macros, from what the command line defines.
#pragma once

#include <CLI/CLI.hpp>

#include <string>

namespace simcheck::cli {

std::string manual_page(const CLI::App& app);

}  // namespace simcheck::cli
