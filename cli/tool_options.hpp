// Options of the tools on images, read by functions that know what would be right.
#pragma once

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "cli/did_you_mean.hpp"
#include "cli/usage_error.hpp"

namespace simcheck::cli {

/// An option whose value `read` takes; its complaints get the option's name in front.
template <typename Read>
CLI::Option* add_value(CLI::App& command, const std::string& flag, const std::string& type,
                       const std::string& help, Read read) {
  const auto naming = [flag, read](const std::string& text) {
    try {
      if (text.starts_with("--"))
        throw UsageError("needs a value, and " + in_quotes(text) + " looks like an option");
      read(text);
    } catch (const UsageError& error) {
      throw UsageError(fmt::format("{}: {}", flag, error.what()));
    }
  };
  return command.add_option_function<std::string>(flag, naming, help)->option_text(type);
}

/// A required argument.
inline void add_argument(CLI::App& command, const std::string& name, std::string& target,
                         const std::string& help) {
  command.add_option(name, target, help)->required()->type_name("");
}

inline void add_switch(CLI::App& command, const std::string& flag, bool& target,
                       const std::string& help) {
  command.add_flag(flag, target, help)->disable_flag_override();
}

/// The parts of "a,b,c". Throws UsageError for an empty one.
std::vector<std::string> list_of(const std::string& text);

}  // namespace simcheck::cli
