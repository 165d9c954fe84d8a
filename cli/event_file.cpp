#include "cli/event_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "cli/did_you_mean.hpp"
#include "cli/usage_error.hpp"

namespace simcheck::cli {
namespace {

constexpr mode_t kMode = 0666;  // less the umask

bool is_regular_file(int fd) {
  struct stat status {};
  return fstat(fd, &status) == 0 && S_ISREG(status.st_mode);
}

// 0, or what went wrong.
int write_all(int fd, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(fd, text.data(), text.size());
    if (written < 0 && errno == EAGAIN) {  // a pipe that others set to non-blocking
      pollfd room{.fd = fd, .events = POLLOUT, .revents = 0};
      if (::poll(&room, 1, -1) >= 0 || errno == EINTR) continue;
    }
    if (written < 0 && errno != EINTR) return errno;
    if (written > 0) text.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

}  // namespace

EventFile::EventFile(const std::string& path) : shown_path_(path) {
  const bool is_output = path == kStandardOutput;
  fd_ = is_output ? fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 0)
                  : open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, kMode);
  if (fd_ < 0) fail(errno);
  require_written();
  is_regular_ = is_regular_file(fd_);
}

EventFile::~EventFile() {
  if (fd_ >= 0) close(fd_);
}

void EventFile::write(std::string_view line) {
  if (is_closed_ || !failure_.empty()) return;
  const off_t before = is_regular_ ? lseek(fd_, 0, SEEK_CUR) : 0;
  const int error = write_all(fd_, line);
  if (error == 0) return;
  if (is_regular_ && before >= 0) {
    // What is there of the line is no line.
    if (ftruncate(fd_, before) == 0) lseek(fd_, before, SEEK_SET);
  }
  if (error == EPIPE) {
    is_closed_ = true;
  } else {
    fail(error);
  }
}

void EventFile::require_written() const {
  if (!failure_.empty()) throw UsageError(failure_);
}

void EventFile::fail(int error) {
  failure_ = fmt::format("--events: {}: cannot be written: {}", in_quotes(shown_path_),
                         std::strerror(error));
}

}  // namespace simcheck::cli
