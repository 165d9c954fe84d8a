#include "cli/manual.hpp"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <string_view>
#include <vector>

#include "cli/command_words.hpp"
#include "cli/version.hpp"
#include "reports/plain_text.hpp"

namespace simcheck::cli {
namespace {

// As text: a hyphen is a minus, a backslash itself, and no line is a macro.
std::string roff(std::string_view text) {
  std::string result;
  bool at_start = true;
  for (const char character : text) {
    if (at_start && (character == '.' || character == '\'')) result += "\\&";
    if (character == '-') result += '\\';
    result += character == '\\' ? "\\e" : std::string(1, character);
    at_start = character == '\n';
  }
  return result;
}

// Filled lines: short ones in the source make its changes readable.
std::string paragraph(std::string_view text) {
  constexpr std::size_t kWidth = 72;
  return roff(reports::joined(reports::wrapped(text, kWidth), "\n"));
}

std::string bold(std::string_view text) { return fmt::format("\\fB{}\\fR", roff(text)); }

std::string tag(const OptionWords& option) {
  std::vector<std::string> flags;
  for (const std::string& flag : option.flags) flags.push_back(bold(flag));
  std::string text = fmt::format("{}", fmt::join(flags, ", "));
  const std::string type = option.type == " " ? "" : option.type;
  if (!type.empty()) text += fmt::format("{}\\fI{}\\fR", text.empty() ? "" : " ", roff(type));
  return text;
}

std::string option_entry(const OptionWords& option) {
  return fmt::format(".TP\n{}\n{}\n", tag(option), paragraph(option.help));
}

std::vector<std::string> groups_of(const CommandWords& command) {
  std::vector<std::string> groups;
  for (const OptionWords& option : command.options)
    if (std::ranges::find(groups, option.group) == groups.end()) groups.push_back(option.group);
  return groups;
}

std::string options_in_groups(const CommandWords& command) {
  std::string text = ".SH OPTIONS\n";
  for (const std::string& group : groups_of(command)) {
    text += fmt::format(".SS {}\n", roff(group));
    for (const OptionWords& option : command.options)
      if (option.group == group) text += option_entry(option);
  }
  return text;
}

// One that has no name of its own is not named.
std::string options_below(const CommandWords& command) {
  std::string text;
  for (const std::string& group : groups_of(command)) {
    if (group != "Options") text += fmt::format(".PP\n{}:\n", roff(group));
    for (const OptionWords& option : command.options)
      if (option.group == group) text += option_entry(option);
  }
  return text;
}

std::string spaced(std::string path) {
  std::ranges::replace(path, '/', ' ');
  return path;
}

std::string subcommands(const CommandWords& root) {
  std::string text = ".SH COMMANDS\n";
  for (const CommandWords* command : all_commands(root)) {
    if (command->path.empty()) continue;
    text +=
        fmt::format(".SS simcheck {}\n{}\n", roff(spaced(command->path)), paragraph(command->help));
    text += options_below(*command);
  }
  return text;
}

}  // namespace

std::string manual_page(const CLI::App& app) {
  const CommandWords root = words_of(app);
  return fmt::format(
             ".\\\" Made from the definitions of the command line.\n"
             ".TH SIMCHECK 1 \"\" \"simcheck {}\" \"User Commands\"\n"
             ".SH NAME\nsimcheck \\- checks block drivers under every order of their I/O\n"
             ".SH SYNOPSIS\n.B simcheck\n[\\fIOPTIONS\\fR]\n.br\n.B simcheck\n"
             "\\fICOMMAND\\fR [\\fIOPTIONS\\fR]\n"
             ".SH DESCRIPTION\n{}\n",
             kVersion, paragraph(root.help)) +
         options_in_groups(root) + subcommands(root) +
         fmt::format(".SH EXIT STATUS AND EXAMPLES\n.nf\n{}\n.fi\n", roff(app.get_footer()));
}

}  // namespace simcheck::cli
