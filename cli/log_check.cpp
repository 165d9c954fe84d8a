#include "cli/log_check.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/did_you_mean.hpp"
#include "cli/log_scratch.hpp"
#include "cli/usage_error.hpp"

extern "C" char** environ;

namespace simcheck::cli {
namespace {

constexpr std::string_view kPlaceholder = "{}";
constexpr std::size_t kOutputKept = 4096;
constexpr int kLookMilliseconds = 200;     // between two looks at the interrupt
constexpr std::chrono::seconds kMercy(5);  // then SIGTERM is followed by SIGKILL

using Clock = std::chrono::steady_clock;

[[noreturn]] void cannot_run(const std::string& what, int error) {
  throw UsageError(fmt::format("the check cannot be run: {}: {}", what, std::strerror(error)));
}

class Fd {
 public:
  explicit Fd(int fd = -1) : fd_(fd) {}
  ~Fd() { reset(); }
  Fd(const Fd&) = delete;
  Fd& operator=(const Fd&) = delete;
  int get() const { return fd_; }
  void reset(int fd = -1) {
    if (fd_ >= 0) close(fd_);
    fd_ = fd;
  }

 private:
  int fd_;
};

bool is_plain(const std::string& path) {
  return std::ranges::all_of(path, [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) || std::strchr("/._-+,:@%", c) != nullptr;
  });
}

// What any sh reads as that path, even with a line break in it.
std::string in_single_quotes(const std::string& path) {
  std::string quoted = "'";
  for (const char c : path) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

// Whether the shell is inside of quotes behind `text`, of the command's beginning.
bool is_in_quotes(std::string_view text) {
  char quote = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\\' && quote != '\'') {
      ++i;
    } else if (quote == 0 && (c == '\'' || c == '"')) {
      quote = c;
    } else if (c == quote) {
      quote = 0;
    }
  }
  return quote != 0;
}

// A name of the open file in which a shell sees nothing but a path, whatever quotes are around it.
std::string plain_name(const ScratchFile& image) {
  std::string name = fmt::format("/proc/{}/fd/{}", getpid(), image.fd());
  return access(name.c_str(), F_OK) == 0 ? name : image.path();
}

std::string with_path(const std::string& text, const ScratchFile& image) {
  const std::string& path = image.path();
  std::string command;
  std::size_t begin = 0;
  for (std::size_t at = 0; (at = text.find(kPlaceholder, begin)) != text.npos;
       begin = at + kPlaceholder.size()) {
    command += text.substr(begin, at - begin);
    if (is_plain(path)) {
      command += path;
    } else {
      command += is_in_quotes(std::string_view(text).substr(0, at)) ? plain_name(image)
                                                                    : in_single_quotes(path);
    }
  }
  return command + text.substr(begin);
}

// The shell in a session of its own, so that all of it can be ended, and a question on the terminal
// fails instead of waiting for ever. Its output goes into `output`; what signals this process
// ignores are as usual there.
pid_t spawn(const std::string& command, const std::string& entry, int output) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, output, STDERR_FILENO);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t defaults;
  sigemptyset(&defaults);
  for (const int signal : {SIGPIPE, SIGXFSZ, SIGINT, SIGTERM}) sigaddset(&defaults, signal);
  posix_spawnattr_setsigdefault(&attributes, &defaults);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSID);

  std::string variable = "SIMCHECK_ENTRY=" + entry;
  std::vector<char*> environment = {variable.data()};
  for (char** at = environ; *at != nullptr; ++at)
    if (!std::string_view(*at).starts_with("SIMCHECK_ENTRY=")) environment.push_back(*at);
  environment.push_back(nullptr);
  std::array<std::string, 3> words = {"sh", "-c", command};
  std::array<char*, 4> arguments = {words[0].data(), words[1].data(), words[2].data(), nullptr};
  pid_t pid = -1;
  const int error =
      posix_spawn(&pid, "/bin/sh", &actions, &attributes, arguments.data(), environment.data());
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0) cannot_run("/bin/sh", error);
  return pid;
}

// What is there to read, without waiting; keeps the end of it. False at the end of the file.
bool drain(int fd, std::string& kept) {
  std::array<char, 4096> buffer;
  ssize_t got = 0;
  while ((got = read(fd, buffer.data(), buffer.size())) > 0) {
    kept.append(buffer.data(), static_cast<std::size_t>(got));
    if (kept.size() > 2 * kOutputKept) kept.erase(0, kept.size() - kOutputKept);
  }
  return got < 0;
}

// Until the process has ended. What it started may live on and hold the pipe: not waited for.
int wait_for(pid_t pid, int output, std::string& kept, const std::atomic<bool>& interrupted) {
  const Fd process(static_cast<int>(syscall(SYS_pidfd_open, pid, 0)));
  std::array<pollfd, 2> watched{{{process.get(), POLLIN, 0}, {output, POLLIN, 0}}};
  std::optional<Clock::time_point> told;  // when it was asked to end
  int status = 0;
  while (waitpid(pid, &status, WNOHANG) == 0) {
    poll(watched.data(), watched.size(), process.get() < 0 ? 10 : kLookMilliseconds);
    if (watched[1].revents != 0 && !drain(output, kept)) watched[1].fd = -1;
    if (!interrupted) continue;
    if (!told) kill(-pid, SIGTERM);
    if (!told) told = Clock::now();
    if (Clock::now() - *told > kMercy) kill(-pid, SIGKILL);
  }
  if (interrupted) kill(-pid, SIGKILL);  // who is left of its group
  drain(output, kept);
  return status;
}

std::string last_lines(std::string text) {
  if (text.size() <= kOutputKept) return text;
  text.erase(0, text.size() - kOutputKept);
  return "[...]" + text.substr(std::min(text.find('\n'), text.size()));
}

CheckOutcome outcome(int status, std::string output, const std::string& text) {
  CheckOutcome result{false, "", last_lines(std::move(output))};
  if (WIFSIGNALED(status)) {
    const int signal = WTERMSIG(status);
    result.how = fmt::format("killed by signal {} ({})", signal, strsignal(signal));
    return result;
  }
  const int code = WEXITSTATUS(status);
  if (code == 126 || code == 127) {
    std::string message = fmt::format("the check {} cannot be run, exit status {}\n{}",
                                      in_quotes(text), code, quoted_output(result.output));
    message.pop_back();
    throw UsageError(message);
  }
  result.passed = code == 0;
  result.how = fmt::format("exit status {}", code);
  return result;
}

}  // namespace

CheckCommand::CheckCommand(std::string text) : text_(std::move(text)) {
  if (text_.find(kPlaceholder) != text_.npos) return;
  throw UsageError(
      fmt::format("--check: {} has no {{}}, which stands for the image's path", in_quotes(text_)));
}

CheckOutcome CheckCommand::run(const ScratchFile& image, const std::string& entry,
                               const std::atomic<bool>& interrupted) const {
  if (interrupted) throw Interrupted();
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) cannot_run("pipe", errno);
  const Fd output(ends[0]);
  Fd input(ends[1]);
  fcntl(output.get(), F_SETFL, O_NONBLOCK);
  const pid_t pid = spawn(with_path(text_, image), entry, input.get());
  input.reset();
  std::string kept;
  const int status = wait_for(pid, output.get(), kept, interrupted);
  if (interrupted) throw Interrupted();
  return outcome(status, std::move(kept), text_);
}

std::string quoted_output(const std::string& output) {
  std::string text;
  for (std::size_t at = 0; at < output.size();) {
    const std::size_t end = std::min(output.find('\n', at), output.size());
    std::string line = output.substr(at, end - at);
    for (char& c : line)
      if (static_cast<unsigned char>(c) < ' ' && c != '\t') c = '?';
    text += "  | " + line + "\n";
    at = end + 1;
  }
  return text;
}

}  // namespace simcheck::cli
