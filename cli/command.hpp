// The whole command simcheck as a function: for its own main, and for programs that add drivers and
// properties of their own (examples/journal.cpp).
#pragma once

#include "cli/extensions.hpp"

namespace simcheck::cli {

/// Reads the command line, does what it says, and returns the exit status (exit_status.hpp). What
/// went wrong becomes one line on standard error; nothing is thrown. Call it once, from main.
int run_command(int argc, char** argv, const Extensions& extensions = {});

}  // namespace simcheck::cli
