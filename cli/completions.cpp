#include "cli/completions.hpp"

#include <fmt/format.h>

#include "reports/replay_line.hpp"

namespace simcheck::cli {
namespace {

using reports::shell_quoted;

// Options, the values of arguments, and subcommands.
std::vector<std::string> words_at(const CommandWords& command) {
  std::vector<std::string> words;
  for (const OptionWords& option : command.options) {
    const auto& offered = option.flags.empty() ? option.values : option.flags;
    words.insert(words.end(), offered.begin(), offered.end());
  }
  for (const CommandWords& below : command.commands) words.push_back(name_of(below));
  return words;
}

bool takes_files(const CommandWords& command) {
  for (const OptionWords& option : command.options)
    if (option.flags.empty() && option.takes_file) return true;
  return false;
}

// The branches of a `case` on "subcommand so far/next word", in bash and zsh.
std::string subcommand_cases(const CommandWords& root, const std::string& indent) {
  std::string text;
  for (const CommandWords* command : all_commands(root)) {
    if (command->path.empty()) continue;
    const bool is_top = command->path.find('/') == std::string::npos;
    text +=
        fmt::format("{}{}{}) at={} ;;\n", indent, is_top ? "/" : "", command->path, command->path);
  }
  return text;
}

// `'driver':--driver | ...)`: of the options that take a value.
template <typename Action>
std::string value_cases(const CommandWords& root, const Action& action) {
  std::string text;
  for (const CommandWords* command : all_commands(root)) {
    for (const OptionWords& option : command->options) {
      if (option.flags.empty() || !option.takes_value()) continue;
      std::vector<std::string> patterns;
      for (const std::string& flag : option.flags)
        patterns.push_back(fmt::format("{}:{}", command->path, flag));
      text += fmt::format("    {}) {} ;;\n", fmt::join(patterns, " | "), action(option));
    }
  }
  return text;
}

std::string zsh_entry(const std::string& word, const std::string& help) {
  return shell_quoted(word + ":" + help);
}

std::string fish_quoted(const std::string& text) {
  std::string quoted = "'";
  for (const char character : text) {
    if (character == '\'' || character == '\\') quoted += '\\';
    quoted += character;
  }
  return quoted + "'";
}

std::string fish_option(const CommandWords& command, const OptionWords& option) {
  std::string line = fmt::format("complete -c simcheck -n {}",
                                 fish_quoted("__simcheck_at '" + command.path + "'"));
  for (const std::string& flag : option.flags)
    line += flag.starts_with("--") ? " -l " + flag.substr(2) : " -s " + flag.substr(1);
  if (option.takes_value()) line += option.takes_file ? " -r -F" : " -x";
  if (!option.values.empty())
    line += " -a " + fish_quoted(fmt::format("{}", fmt::join(option.values, " ")));
  return line + " -d " + fish_quoted(option.help) + "\n";
}

}  // namespace

std::string bash_completion(const CommandWords& root) {
  const std::string values = value_cases(root, [](const OptionWords& option) {
    if (!option.values.empty())
      return fmt::format("mapfile -t COMPREPLY < <(compgen -W '{}' -- \"$cur\"); return",
                         fmt::join(option.values, " "));
    if (!option.takes_file) return std::string("return");
    return std::string(
        "compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- \"$cur\"); "
        "return");
  });
  std::string words;
  for (const CommandWords* command : all_commands(root))
    words += fmt::format("    '{}') words='{}'; files={} ;;\n", command->path,
                         fmt::join(words_at(*command), " "), takes_files(*command) ? 1 : 0);
  return "# bash completion for simcheck, made from its option definitions\n\n_simcheck() {\n"
         "  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]}\n"
         "  local at='' words='' files=0 i\n  COMPREPLY=()\n"
         "  for ((i = 1; i < COMP_CWORD; ++i)); do\n    case \"$at/${COMP_WORDS[i]}\" in\n" +
         subcommand_cases(root, "      ") + "    esac\n  done\n  case \"$at:$prev\" in\n" + values +
         "  esac\n  case \"$at\" in\n" + words +
         "  esac\n  mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$cur\")\n"
         "  [[ $files == 1 && $cur != -* ]] || return 0\n"
         "  compopt -o filenames 2>/dev/null\n"
         "  mapfile -t -O ${#COMPREPLY[@]} COMPREPLY < <(compgen -f -- \"$cur\")\n"
         "}\n\ncomplete -F _simcheck simcheck\n";
}

std::string zsh_completion(const CommandWords& root) {
  const std::string values = value_cases(root, [](const OptionWords& option) {
    if (!option.values.empty())
      return fmt::format("compadd -- {}; return", fmt::join(option.values, " "));
    return fmt::format("{}; return", option.takes_file ? "_files" : "_message value");
  });
  std::string entries;
  for (const CommandWords* command : all_commands(root)) {
    entries += fmt::format("    '{}')\n      entries=(\n", command->path);
    for (const OptionWords& option : command->options)
      for (const std::string& word : option.flags.empty() ? option.values : option.flags)
        entries += "        " + zsh_entry(word, option.help) + "\n";
    for (const CommandWords& below : command->commands)
      entries += "        " + zsh_entry(name_of(below), below.help) + "\n";
    entries += fmt::format("      )\n      files={} ;;\n", takes_files(*command) ? 1 : 0);
  }
  return "#compdef simcheck\n# zsh completion for simcheck, made from its option definitions\n\n"
         "_simcheck() {\n  local at='' files=0 word\n  local -a entries\n"
         "  for word in ${words[2,CURRENT-1]}; do\n    case \"$at/$word\" in\n" +
         subcommand_cases(root, "      ") +
         "    esac\n  done\n  case \"$at:${words[CURRENT-1]}\" in\n" + values +
         "  esac\n  case \"$at\" in\n" + entries +
         "  esac\n  _describe -o simcheck entries\n"
         "  (( files )) && _files\n  return 0\n}\n\n"
         "[[ $funcstack[1] = _simcheck ]] && _simcheck \"$@\"\n";
}

std::string fish_completion(const CommandWords& root) {
  std::string text =
      "# fish completion for simcheck, made from its option definitions\n\n"
      "function __simcheck_at\n  set -l at ''\n"
      "  for word in (commandline -opc)[2..-1]\n    switch \"$at/$word\"\n";
  for (const CommandWords* command : all_commands(root)) {
    if (command->path.empty()) continue;
    const bool is_top = command->path.find('/') == std::string::npos;
    text += fmt::format("      case {}{}\n        set at {}\n", is_top ? "/" : "", command->path,
                        command->path);
  }
  text += "    end\n  end\n  test \"$at\" = \"$argv[1]\"\nend\n\ncomplete -c simcheck -f\n";
  for (const CommandWords* command : all_commands(root)) {
    for (const OptionWords& option : command->options)
      if (!option.flags.empty()) text += fish_option(*command, option);
    const std::string here = " -n " + fish_quoted("__simcheck_at '" + command->path + "'");
    for (const OptionWords& option : command->options)
      if (option.flags.empty() && !option.values.empty())
        text += fmt::format("complete -c simcheck{} -a {}\n", here,
                            fish_quoted(fmt::format("{}", fmt::join(option.values, " "))));
    if (takes_files(*command)) text += "complete -c simcheck" + here + " -F\n";
    for (const CommandWords& below : command->commands)
      text += fmt::format("complete -c simcheck{} -a {} -d {}\n", here, name_of(below),
                          fish_quoted(below.help));
  }
  return text;
}

}  // namespace simcheck::cli
