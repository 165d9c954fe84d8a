#include "cli/command_words.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cctype>
#include <string_view>

#include "cli/catalog.hpp"
#include "cli/list_command.hpp"
#include "reports/formats.hpp"

namespace simcheck::cli {
namespace {

template <typename Items>
std::vector<std::string> names_of(const Items& items) {
  std::vector<std::string> names;
  for (const auto& item : items) names.emplace_back(item.name);
  return names;
}

// "on|off". Also that of OptionGroup::choice(), which is not shown.
std::vector<std::string> choices_in(const std::string& type) {
  if (type.find('|') == std::string::npos || std::isupper(static_cast<unsigned char>(type[0])) != 0)
    return {};
  return CLI::detail::split(type, '|');
}

std::vector<std::string> values_of(const CLI::Option& option, const std::string& flag) {
  if (flag == "--driver") return names_of(all_drivers());
  if (flag == "--strategy") return names_of(all_strategies());
  if (flag == "--recovery") return names_of(all_recoveries());
  if (flag == "--format") return names_of(reports::formats());
  if (flag == "--faults") return names_of(all_fault_names());
  if (flag == "--property") {
    std::vector<std::string> names = names_of(all_properties());
    names.insert(names.end(), {"default", "all"});
    return names;
  }
  const std::vector<std::string> choices = choices_in(option.get_type_name());
  return choices.empty() ? choices_in(option.get_option_text()) : choices;
}

// As the help has it.
std::string type_of(const CLI::Option& option) {
  const std::string text = option.get_option_text();
  return text.empty() ? option.get_type_name() : text;
}

OptionWords words_of(const CLI::Option& option) {
  OptionWords words;
  for (const std::string& name : option.get_snames()) words.flags.push_back("-" + name);
  for (const std::string& name : option.get_lnames()) words.flags.push_back("--" + name);
  const bool is_argument = words.flags.empty();
  // A switch keeps the size of its type, but expects none.
  const bool is_switch = !is_argument && option.get_items_expected_max() == 0;
  if (!is_switch) words.type = is_argument ? option.get_single_name() : type_of(option);
  words.group = option.get_group();
  words.help = one_line(option.get_description());
  if (is_argument && words.type == "WHAT") words.values = what_can_be_listed();
  if (!is_argument && !is_switch) words.values = values_of(option, words.flags.back());
  for (const std::string_view kind : {"FILE", "IMAGE", "LOG", "TARGET", "DIR", "OUT"})
    words.takes_file |= words.type.find(kind) != std::string::npos;
  return words;
}

CommandWords words_below(const CLI::App& app, const std::string& path) {
  CommandWords words{.path = path, .help = one_line(app.get_description())};
  for (const CLI::Option* option : app.get_options()) words.options.push_back(words_of(*option));
  for (const CLI::App* command : app.get_subcommands({})) {
    const std::string name = command->get_name();
    words.commands.push_back(words_below(*command, path.empty() ? name : path + "/" + name));
  }
  return words;
}

}  // namespace

std::string one_line(std::string text) {
  std::ranges::replace(text, '\n', ' ');
  return text;
}

CommandWords words_of(const CLI::App& app) { return words_below(app, ""); }

std::vector<const CommandWords*> all_commands(const CommandWords& root) {
  std::vector<const CommandWords*> all = {&root};
  for (const CommandWords& command : root.commands)
    for (const CommandWords* below : all_commands(command)) all.push_back(below);
  return all;
}

std::string name_of(const CommandWords& command) {
  return command.path.substr(command.path.rfind('/') + 1);
}

}  // namespace simcheck::cli
