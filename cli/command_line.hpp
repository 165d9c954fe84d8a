// The command line as a whole: options of a check, subcommands, --help and --version.
#pragma once

#include <optional>

#include "cli/options.hpp"

namespace simcheck::cli {

struct CommandLine {
  Options options;                 ///< of the check to run, unless
  std::optional<int> exit_status;  ///< all there was to do is done: a subcommand, --help, --version
};

/// Defines all of it. Parsing fills `options`, and `subcommand_status` if a subcommand was given;
/// both must outlive the app.
void define_command_line(CLI::App& app, Options& options, int& subcommand_status);

/// Throws UsageError, OutputError.
CommandLine read_command_line(int argc, const char* const* argv);

}  // namespace simcheck::cli
