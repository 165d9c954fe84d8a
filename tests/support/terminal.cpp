#include "tests/support/terminal.hpp"

#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <regex>
#include <system_error>

namespace simcheck::test {
namespace {

std::vector<char*> pointers(const std::vector<std::string>& strings) {
  std::vector<char*> result;
  for (const std::string& string : strings) result.push_back(const_cast<char*>(string.c_str()));
  result.push_back(nullptr);
  return result;
}

// Until the other side is closed, which Linux tells as an error.
std::string read_all(int fd) {
  std::string text;
  char buffer[4096];
  for (;;) {
    const ssize_t got = read(fd, buffer, sizeof buffer);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return text;
    text.append(buffer, static_cast<std::size_t>(got));
  }
}

}  // namespace

ProcessResult run_on_terminal(const std::vector<std::string>& argv,
                              const TerminalOptions& options) {
  std::vector<std::string> environment = options.environment;
  if (const char* const path = std::getenv("PATH"))
    environment.push_back(std::string("PATH=") + path);
  const std::vector<char*> arguments = pointers(argv), variables = pointers(environment);
  const winsize size{.ws_row = 24, .ws_col = options.columns, .ws_xpixel = 0, .ws_ypixel = 0};
  int terminal = -1;
  const pid_t pid = forkpty(&terminal, nullptr, nullptr, &size);
  if (pid < 0) throw std::system_error(errno, std::generic_category(), "forkpty");
  if (pid == 0) {
    execvpe(arguments.front(), arguments.data(), variables.data());
    _exit(127);
  }
  const std::string shown = read_all(terminal);
  close(terminal);
  int status = 0;
  while (waitpid(pid, &status, 0) < 0 && errno == EINTR) continue;
  const int exit_status = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
  return {.exit_status = exit_status,
          .out = std::regex_replace(shown, std::regex("\r\n"), "\n"),
          .err = ""};
}

std::string without_colours(const std::string& text) {
  return std::regex_replace(text, std::regex("\x1b\\[[0-9;]*m"), "");
}

}  // namespace simcheck::test
