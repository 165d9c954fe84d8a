// What the command line defines, as plain data for the manual page and the shell completions.
#pragma once

#include <string>
#include <vector>

#include "cli/cli11_names.hpp"

namespace simcheck::cli {

struct OptionWords {
  std::vector<std::string> flags;   ///< "-q", "--quiet"; empty for an argument
  std::string type;                 ///< "FILE"; the name of an argument; empty for a switch
  std::string group;                ///< of the help
  std::string help;                 ///< on one line
  std::vector<std::string> values;  ///< that can be named; empty: free
  bool takes_file = false;

  bool takes_value() const { return !type.empty(); }
};

struct CommandWords {
  std::string path;  ///< "" for the command itself, "log/replay"
  std::string help;
  std::vector<OptionWords> options;
  std::vector<CommandWords> commands;
};

CommandWords words_of(const CLI::App& app);

/// The command and all its subcommands, each before its own.
std::vector<const CommandWords*> all_commands(const CommandWords& root);

/// The last part of its path.
std::string name_of(const CommandWords& command);

/// A text with its newlines made spaces.
std::string one_line(std::string text);

}  // namespace simcheck::cli
