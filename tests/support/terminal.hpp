// Runs a command on a terminal of its own (a pseudo-terminal), as a user at a keyboard would.
#pragma once

#include <string>
#include <vector>

#include "tests/support/process.hpp"

namespace simcheck::test {

struct TerminalOptions {
  unsigned short columns = 100;
  std::vector<std::string> environment = {"TERM=xterm"};  // besides PATH, nothing else
};

// Standard output and error come as one text, `out`, with newlines as the command wrote them.
// Throws std::system_error if there is no terminal to be had.
ProcessResult run_on_terminal(const std::vector<std::string>& argv,
                              const TerminalOptions& options = {});

// The text without its escapes "select graphic rendition", which colour it.
std::string without_colours(const std::string& text);

}  // namespace simcheck::test
