// The manual page simcheck(1), in the man macros, from what the command line defines.
#pragma once

#include <string>

#include "cli/cli11_names.hpp"

namespace simcheck::cli {

std::string manual_page(const CLI::App& app);

}  // namespace simcheck::cli
