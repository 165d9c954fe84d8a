// Reading what belongs to an option, with its name in front of what is wrong.
#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <utility>

#include "cli/did_you_mean.hpp"
#include "cli/usage_error.hpp"

namespace simcheck::cli {

/// `action()`, whose UsageError begins with the option's name.
template <typename Action>
auto with_option_named(std::string_view option, Action action) {
  try {
    return action();
  } catch (const UsageError& error) {
    throw UsageError(fmt::format("{}: {}", option, error.what()));
  }
}

/// `read(text)`, likewise.
template <typename Read>
auto value_of(std::string_view option, const std::string& text, Read read) {
  return with_option_named(option, [&] { return read(text); });
}

/// A function for CLI11 that has `read` read the option's value, unless that is an option itself.
template <typename Read>
auto value_reader(std::string option, Read read) {
  return [option = std::move(option), read](const std::string& text) {
    with_option_named(option, [&] {
      if (text.starts_with("--"))
        throw UsageError("needs a value, and " + in_quotes(text) + " looks like an option");
      read(text);
    });
  };
}

}  // namespace simcheck::cli
