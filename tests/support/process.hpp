// Runs a command as a user would and returns all it left behind. No shell, no time limit (ctest has
// one; to interrupt a command, run it under `timeout -s INT 1 ...`).
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace simcheck::test {

struct ProcessOptions {
  std::string input;                   // what the command reads as standard input
  std::filesystem::path directory;     // where it runs; empty: where the test runs
  std::vector<std::string> extra_env;  // "NAME=value", put before the test's own environment
};

struct ProcessResult {
  int exit_status = 0;  // as in a shell: 127 not found, 128 + N ended by signal N
  std::string out;
  std::string err;
};

// argv[0] is looked up in PATH. Throws std::system_error if the test's own set-up fails.
ProcessResult run_process(const std::vector<std::string>& argv, const ProcessOptions& options = {});

}  // namespace simcheck::test
