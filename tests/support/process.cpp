// posix_spawn with the three standard streams on anonymous files, which cannot fill up and block
// as pipes do.

#include "tests/support/process.hpp"

#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

extern "C" char** environ;

namespace simcheck::test {
namespace {

void require(bool ok, int error, const char* what) {
  if (!ok) throw std::system_error(error, std::generic_category(), what);
}

class AnonymousFile {
 public:
  AnonymousFile() : fd_(memfd_create("stream", MFD_CLOEXEC)) {
    require(fd_ >= 0, errno, "memfd_create");
  }
  ~AnonymousFile() { close(fd_); }
  AnonymousFile(const AnonymousFile&) = delete;
  AnonymousFile& operator=(const AnonymousFile&) = delete;

  int fd() const { return fd_; }

  void fill(const std::string& text) {
    const ssize_t written = pwrite(fd_, text.data(), text.size(), 0);
    require(written == static_cast<ssize_t>(text.size()), errno, "pwrite");
  }

  std::string contents() const {
    std::string text(static_cast<std::size_t>(lseek(fd_, 0, SEEK_END)), '\0');
    const ssize_t got = pread(fd_, text.data(), text.size(), 0);
    require(got == static_cast<ssize_t>(text.size()), errno, "pread");
    return text;
  }

 private:
  int fd_;
};

std::vector<char*> pointers(const std::vector<std::string>& strings) {
  std::vector<char*> result;
  for (const std::string& string : strings) result.push_back(const_cast<char*>(string.c_str()));
  return result;
}

int wait_for(pid_t pid) {
  int status = 0;
  while (waitpid(pid, &status, 0) < 0) require(errno == EINTR, errno, "waitpid");
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

}  // namespace

ProcessResult run_process(const std::vector<std::string>& argv, const ProcessOptions& options) {
  AnonymousFile in;
  AnonymousFile out;
  AnonymousFile err;
  in.fill(options.input);

  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, in.fd(), STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, out.fd(), STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, err.fd(), STDERR_FILENO);
  if (!options.directory.empty())
    posix_spawn_file_actions_addchdir_np(&actions, options.directory.c_str());

  std::vector<char*> arguments = pointers(argv);
  arguments.push_back(nullptr);
  std::vector<char*> environment = pointers(options.extra_env);
  for (char** variable = environ; *variable != nullptr; ++variable)
    environment.push_back(*variable);
  environment.push_back(nullptr);

  pid_t pid = 0;
  const int error = posix_spawnp(&pid, arguments.front(), &actions, nullptr, arguments.data(),
                                 environment.data());
  posix_spawn_file_actions_destroy(&actions);
  if (error == ENOENT) return {.exit_status = 127, .out = "", .err = argv.front() + " not found"};
  require(error == 0, error, argv.front().c_str());
  const int exit_status = wait_for(pid);
  return {.exit_status = exit_status, .out = out.contents(), .err = err.contents()};
}

}  // namespace simcheck::test
