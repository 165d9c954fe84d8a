#include "cli/given_values.hpp"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <string>

#include "cli/usage_error.hpp"

namespace simcheck::cli {

void refuse_empty_values(const CLI::App& command, std::initializer_list<std::string_view> but) {
  for (const CLI::Option* option : command.get_options()) {
    const std::string name = option->get_name();
    if (!name.starts_with("-") || std::ranges::find(but, name) != but.end()) continue;
    const auto is_empty = [](const std::string& value) { return value.empty(); };
    if (std::ranges::any_of(option->results(), is_empty))
      throw UsageError(fmt::format("{}: needs a value, and what was given is empty", name));
  }
}

}  // namespace simcheck::cli
