// Files that a user named, and that are not what they have to be.
#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "cli/did_you_mean.hpp"
#include "cli/usage_error.hpp"
#include "logs/image.hpp"

namespace simcheck::cli {

/// Throws UsageError: "'PATH': WHY".
[[noreturn]] inline void wrong_file(const std::string& path, std::string_view why) {
  throw UsageError(fmt::format("{}: {}", in_quotes(path), why));
}

/// What was read from `path`, or made of it; throws UsageError if it is an error.
template <typename Value>
Value value_or_throw(const std::string& path, logs::Result<Value> result) {
  if (const auto* error = std::get_if<logs::Error>(&result)) wrong_file(path, error->message);
  return std::get<Value>(std::move(result));
}

}  // namespace simcheck::cli
