// Options that were given without anything in them: --check "$CMD", and CMD is not set.
#pragma once

#include <initializer_list>
#include <string_view>

#include "cli/cli11_names.hpp"

namespace simcheck::cli {

/// Throws UsageError if an option of the command was given an empty value, which would otherwise
/// pass for none. Arguments may be empty, and the options `but`.
void refuse_empty_values(const CLI::App& command, std::initializer_list<std::string_view> but = {});

}  // namespace simcheck::cli
