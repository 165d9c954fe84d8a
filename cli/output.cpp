#include "cli/output.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>

namespace simcheck::cli {

void secure_standard_streams() {
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);  // a file too large is a write error like any other
  for (const int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (fcntl(fd, F_GETFD) >= 0) continue;
    // The lowest free number is this one. Read-only, so that writing to it fails.
    [[maybe_unused]] const int placeholder = open("/dev/null", O_RDONLY);
  }
}

namespace {

// With a terminal that is no more, the results in files are still wanted.
bool is_reader_gone(int error) {
  if (error == EPIPE) return true;
  struct stat status {};
  return error == EIO && fstat(STDOUT_FILENO, &status) == 0 && S_ISCHR(status.st_mode);
}

}  // namespace

void print(std::string_view text) {
  errno = 0;
  const bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
  if (written && std::fflush(stdout) == 0) return;
  if (is_reader_gone(errno)) return;  // whoever reads has seen enough; the exit status still tells
  throw OutputError(fmt::format("cannot write to standard output: {}", std::strerror(errno)));
}

}  // namespace simcheck::cli
