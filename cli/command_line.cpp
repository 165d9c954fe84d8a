#include "cli/command_line.hpp"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "cli/command_words.hpp"
#include "cli/compare_command.hpp"
#include "cli/did_you_mean.hpp"
#include "cli/help.hpp"
#include "cli/list_command.hpp"
#include "cli/log_command.hpp"
#include "cli/output.hpp"
#include "cli/simulate_command.hpp"
#include "cli/trace_command.hpp"
#include "cli/usage_error.hpp"
#include "cli/version.hpp"

namespace simcheck::cli {
namespace {

std::vector<std::string> subcommands_of(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands({})) names.push_back(command->get_name());
  return names;
}

// What could have stood where an unknown word stands.
std::vector<std::string> known_words(const CLI::App& app) {
  std::vector<std::string> words;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) words.push_back("--" + name);
    for (const std::string& name : option->get_snames()) words.push_back("-" + name);
  }
  std::ranges::copy(subcommands_of(app), std::back_inserter(words));
  return words;
}

// The innermost subcommand that was given.
const CLI::App& command_given(const CLI::App& app) {
  const auto given = app.get_subcommands();
  return given.empty() ? app : command_given(*given.back());
}

// Each command has a help of its own.
std::string see_help(const CLI::App& app) {
  const CLI::App& command = command_given(app);
  if (&command == &app) return "; see --help";
  std::string name;
  for (const CLI::App* part = &command; part != nullptr; part = part->get_parent())
    name = part->get_name() + (name.empty() ? "" : " " + name);
  return fmt::format("; see '{} --help'", name);
}

std::string unknown_word(const CLI::App& app) {
  const CLI::App& command = command_given(app);
  std::string word = app.remaining(/*recurse=*/true).front();
  word = word.starts_with("--") ? word.substr(0, word.find('=')) : word;
  std::string hint = did_you_mean(word, known_words(command));
  if (hint.empty() && command.get_require_subcommand_min() > 0 && !word.starts_with('-'))
    return fmt::format("{} has no {}; it has: {}", command.get_name(), in_quotes(word),
                       fmt::join(subcommands_of(command), ", "));
  if (hint.empty()) hint = see_help(app);
  return fmt::format("unknown {} {}{}", word.starts_with('-') ? "option" : "argument",
                     in_quotes(word), hint);
}

bool has_unknown_word(const CLI::App& app) { return !app.remaining(/*recurse=*/true).empty(); }

std::string missing_part(const CLI::App& app, const CLI::RequiredError& error) {
  if (has_unknown_word(app)) return unknown_word(app);
  const CLI::App& command = command_given(app);
  const std::vector<std::string> names = subcommands_of(command);
  if (names.empty())
    return fmt::format("{}: {}{}", command.get_name(), error.what(), see_help(app));
  return fmt::format("{} needs one of: {}", command.get_name(), fmt::join(names, ", "));
}

// CLI11 begins its messages with the option's name, some without its dashes.
std::string wrong_number_of_values(std::string_view message) {
  std::string name(message.substr(0, message.find_first_of(": ")));
  if (!name.starts_with('-')) name = "--" + name;
  if (message.find("missing") != message.npos) return fmt::format("{} needs a value", name);
  if (message.find("received") != message.npos)
    return fmt::format("{} is given more than once; leave out all but one", name);
  return fmt::format("{} takes no value", name);
}

// The options of a check mean nothing to a subcommand; silence would look like consent.
void refuse_options_before_subcommand(const CLI::App& app) {
  const auto given = app.get_subcommands();
  if (given.empty()) return;
  for (const CLI::Option* option : app.get_options()) {
    if (option->count() == 0) continue;
    throw UsageError(fmt::format("{} stands before '{}'; options of '{}' come behind it",
                                 option->get_name(), given.front()->get_name(),
                                 given.front()->get_name()));
  }
}

void parse(CLI::App& app, int argc, const char* const* argv) {
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success&) {
    throw;
  } catch (const CLI::ExtrasError&) {
    throw UsageError(unknown_word(app));
  } catch (const CLI::RequiredError& error) {
    throw UsageError(missing_part(app, error));
  } catch (const CLI::ArgumentMismatch& error) {
    throw UsageError(wrong_number_of_values(error.what()));
  } catch (const CLI::ParseError& error) {
    throw UsageError(one_line(error.what()) + see_help(app));
  }
}

// `help COMMAND` is what many tools have; here it is `COMMAND --help`.
std::vector<const char*> with_help_option(int argc, const char* const* argv) {
  std::vector<const char*> words(argv, argv + argc);
  if (words.size() < 2 || words[1] != std::string_view("help")) return words;
  words.erase(words.begin() + 1);
  words.push_back("--help");
  return words;
}

}  // namespace

void define_command_line(CLI::App& app, Options& options, int& subcommand_status) {
  app.set_version_flag("--version", fmt::format("simcheck {}", kVersion));
  add_options(app, options);
  add_compare_command(app, options.program, subcommand_status);
  add_replay_command(app, options.program, subcommand_status);
  add_explain_command(app);
  add_list_command(app);
  add_log_command(app, subcommand_status);
  add_simulate_command(app, options.program, subcommand_status);
  app.require_subcommand(0, 1);
  dress(app, options.program);
}

CommandLine read_command_line(int argc, const char* const* argv) {
  CommandLine line;
  if (argc > 0) line.options.program = std::filesystem::path(argv[0]).filename().string();
  int subcommand_status = 0;
  CLI::App app;
  define_command_line(app, line.options, subcommand_status);
  app.parse_complete_callback([&app] { refuse_options_before_subcommand(app); });
  try {
    const std::vector<const char*> words = with_help_option(argc, argv);
    parse(app, static_cast<int>(words.size()), words.data());
  } catch (const CLI::CallForHelp&) {
    print(app.help());
    line.exit_status = 0;
  } catch (const CLI::CallForVersion& version) {
    print(fmt::format("{}\n", version.what()));
    line.exit_status = 0;
  }
  if (!line.exit_status && !app.get_subcommands().empty()) line.exit_status = subcommand_status;
  if (!line.exit_status) settle(line.options);
  return line;
}

}  // namespace simcheck::cli
