// How a process ends that makes a programmer error: run in a child, since it stops the program.
#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>

namespace simcheck::test {

inline constexpr int kAssertionStatus = 70;

/// The exit status of a child that calls `action`: 0 if that returns, 128 + N for signal N.
template <class Action>
int exit_status_of(Action&& action) {
  const pid_t child = ::fork();
  if (child == 0) {
    ::close(STDERR_FILENO);
    std::signal(SIGSEGV, SIG_DFL);  // the test framework reports crashes otherwise
    action();
    std::_Exit(0);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace simcheck::test
