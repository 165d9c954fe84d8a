// An option's value with the option's name in what is wrong with it.
#pragma once

#include <fmt/format.h>

#include <string>

#include "cli/usage_error.hpp"

namespace simcheck::cli {

/// `read(text)`, whose UsageError begins with the option's name.
template <typename Read>
auto value_of(const char* option, const std::string& text, Read read) {
  try {
    return read(text);
  } catch (const UsageError& error) {
    throw UsageError(fmt::format("{}: {}", option, error.what()));
  }
}

}  // namespace simcheck::cli
