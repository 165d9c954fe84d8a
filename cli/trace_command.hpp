// `simcheck replay FILE` and `simcheck explain FILE`: what can be done with a trace file.
#pragma once

#include <string>

#include "cli/cli11_names.hpp"
#include "cli/options.hpp"
#include "model/result.hpp"

namespace simcheck::cli {

/// Writes the first counterexample of the result as --trace asks; a note says so if there is none.
/// Throws UsageError.
void write_trace(const Options& options, const model::Result& result);

/// Adds the subcommand `replay`, which runs a trace again and compares it, step by step. Sets
/// `exit_code`: that of a check, or 4 if the run went another way.
void add_replay_command(CLI::App& app, const std::string& program, int& exit_code);

/// Adds the subcommand `explain`, which tells a trace in sentences.
void add_explain_command(CLI::App& app);

}  // namespace simcheck::cli
