// Defining options on the command line, so that all of them read and complain alike.
#pragma once

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <string>
#include <utility>
#include <vector>

#include "cli/named_value.hpp"
#include "cli/option_values.hpp"
#include "cli/usage_error.hpp"

namespace simcheck::cli {

/// The options of one group of --help, each with a function that reads its value. What the function
/// complains about, with a UsageError, gets the name of the option in front.
class OptionGroup {
 public:
  OptionGroup(CLI::App& app, std::string name) : app_(app), name_(std::move(name)) {}

  template <typename Read>
  CLI::Option* value(const std::string& flags, const std::string& type, const std::string& help,
                     Read read) {
    return app_.add_option_function<std::string>(flags, naming(flags, read), help)
        ->option_text(type)
        ->group(name_);
  }

  /// For options whose value is one of a few words. Of these the option's type is made up, which is
  /// not shown, but is what completions offer (command_words.cpp).
  template <typename Value, typename Target>
  void choice(const std::string& flags, const std::string& type, const std::string& help,
              Target& target, const Choices<Value>& choices) {
    const auto read = [&target, choices](const std::string& text) {
      target = read_choice<Value>(text, choices);
    };
    value(flags, type, help, read)->type_name(fmt::format("{}", fmt::join(words_in(choices), "|")));
  }

  /// For options that may be repeated.
  template <typename Read>
  void values(const std::string& flags, const std::string& type, const std::string& help,
              Read read) {
    const auto read_all = [read_one = naming(flags, read)](const std::vector<std::string>& texts) {
      for (const std::string& text : texts) read_one(text);
    };
    app_.add_option_function<std::vector<std::string>>(flags, read_all, help)
        ->option_text(type)
        ->expected(1)
        ->allow_extra_args(false)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
        ->group(name_);
  }

  void flag(const std::string& flags, const std::string& help, bool& target) {
    app_.add_flag(flags, target, help)->disable_flag_override()->group(name_);
  }

 private:
  template <typename Read>
  static auto naming(const std::string& flags, Read read) {
    return value_reader(flags.substr(0, flags.find(',')), read);
  }

  CLI::App& app_;
  std::string name_;
};

/// Reads a path, which must not be empty.
inline auto path_reader(std::string& path) {
  return [&path](const std::string& text) {
    if (text.empty()) throw UsageError("is empty; give the path of a file");
    path = text;
  };
}

}  // namespace simcheck::cli
