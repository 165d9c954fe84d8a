// Runs the built command as a user would.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "tests/support/files.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/process.hpp"

namespace simcheck::test {

inline ProcessResult simcheck(std::vector<std::string> arguments, ProcessOptions options = {}) {
  arguments.insert(arguments.begin(), simcheck_command());
  return run_process(arguments, std::move(options));
}

using Arguments = std::vector<std::string>;

inline Arguments with(Arguments arguments, const Arguments& more) {
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

/// Through a shell, for redirections; `$simcheck` is the command.
inline ProcessResult shell(const std::string& script, ProcessOptions options = {}) {
  options.extra_env.push_back("simcheck=" + simcheck_command());
  return run_process({"sh", "-c", script}, options);
}

inline ProcessResult in(const TempDir& directory, const std::string& script) {
  return shell(script, {.directory = directory.path()});
}

/// The command with these arguments, as a shell reads them, and a Ctrl-C after so many seconds: in
/// the foreground, or timeout would signal its whole group as well.
inline ProcessResult interrupted_after(int seconds, const std::string& arguments,
                                       ProcessOptions options = {}) {
  return shell("timeout --foreground --preserve-status -s INT " + std::to_string(seconds) +
                   " \"$simcheck\" " + arguments,
               std::move(options));
}

}  // namespace simcheck::test
