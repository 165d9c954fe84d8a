// Files that options name as outputs. Everything throws UsageError, with the option's name.
#pragma once

#include <string>
#include <string_view>

#include "cli/named_value.hpp"

namespace simcheck::cli {

/// Throws unless a file can be written at `path`. Leaves nothing there.
void require_writable(std::string_view option, const std::string& path);

/// Replaces what is at `path`, as a whole or not at all.
void write_text_file(std::string_view option, const std::string& path, std::string_view text);

}  // namespace simcheck::cli
