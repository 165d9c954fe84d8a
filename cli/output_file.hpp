// Files that options name as outputs. Everything throws UsageError, with the option's name.
#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>

#include "cli/usage_error.hpp"

namespace simcheck::cli {

/// Runs `action`, and puts the option's name in front of its complaint.
template <typename Action>
void with_option_named(std::string_view option, Action action) {
  try {
    action();
  } catch (const UsageError& error) {
    throw UsageError(fmt::format("{}: {}", option, error.what()));
  }
}

/// Throws unless a file can be written at `path`. Leaves nothing there.
void require_writable(std::string_view option, const std::string& path);

/// Replaces what is at `path`, as a whole or not at all.
void write_text_file(std::string_view option, const std::string& path, std::string_view text);

}  // namespace simcheck::cli
