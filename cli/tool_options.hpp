// Options of the tools on images, read by functions that know what would be right.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "cli/named_value.hpp"

namespace simcheck::cli {

/// An option whose value `read` takes; its complaints get the option's name in front.
template <typename Read>
CLI::Option* add_value(CLI::App& command, const std::string& flag, const std::string& type,
                       const std::string& help, Read read) {
  return command.add_option_function<std::string>(flag, value_reader(flag, read), help)
      ->option_text(type);
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

}  // namespace simcheck::cli
