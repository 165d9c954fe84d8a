// Completion of simcheck's command line for shells, from what the command line defines. Each finds
// the subcommand first, as the words so far joined by slashes.
#pragma once

#include <string>

#include "cli/command_words.hpp"

namespace simcheck::cli {

std::string bash_completion(const CommandWords& root);
std::string zsh_completion(const CommandWords& root);
std::string fish_completion(const CommandWords& root);

}  // namespace simcheck::cli
