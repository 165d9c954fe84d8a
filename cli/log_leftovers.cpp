#include "cli/log_leftovers.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <string_view>
#include <system_error>

namespace simcheck::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kTag = ".check.simcheck-";
constexpr std::size_t kRandomLetters = 6;
constexpr off_t kLockedByte = off_t{1} << 62;

// A lock of the open file, not of the process: it ends with the descriptor. QEMU and others lock
// other bytes in the same way.
bool lock(int fd, short type) {
  struct flock wanted {};
  wanted.l_type = type;
  wanted.l_whence = SEEK_SET;
  wanted.l_start = kLockedByte;
  wanted.l_len = 1;
  return fcntl(fd, F_OFD_SETLK, &wanted) == 0;
}

bool is_temporary(std::string_view name) {
  const std::size_t tag = name.rfind(kTag);
  if (tag == name.npos || name.size() - tag - kTag.size() != kRandomLetters) return false;
  return std::ranges::all_of(name.substr(tag + kTag.size()), [](char c) {
    return ('0' <= c && c <= '9') || ('A' <= c && c <= 'Z') || ('a' <= c && c <= 'z');
  });
}

bool is_still_at(int fd, const char* path) {
  struct stat open_file {
  }, named{};
  return fstat(fd, &open_file) == 0 && lstat(path, &named) == 0 &&
         open_file.st_dev == named.st_dev && open_file.st_ino == named.st_ino;
}

void remove_if_left(const char* path) {
  struct stat status {};
  if (lstat(path, &status) != 0 || !S_ISREG(status.st_mode) || status.st_uid != geteuid()) return;
  const int fd = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  if (fd < 0) return;
  if (lock(fd, F_WRLCK) && is_still_at(fd, path)) unlink(path);
  close(fd);
}

}  // namespace

int make_temporary(const std::string& folder, const std::string& stem, std::string& path) {
  for (;;) {
    path =
        (fs::path(folder.empty() ? "." : folder) / (stem + std::string(kTag) + "XXXXXX")).string();
    const int fd = mkostemp(path.data(), O_CLOEXEC);
    if (fd < 0) return fd;
    // Between these two calls somebody may take it for one that was left, and remove it.
    const bool is_taken = !lock(fd, F_RDLCK) && (errno == EAGAIN || errno == EACCES);
    if (!is_taken && is_still_at(fd, path.c_str())) return fd;
    close(fd);
  }
}

void remove_leftovers(const std::string& folder) {
  std::error_code error;
  fs::directory_iterator entry(folder.empty() ? "." : folder, error);
  for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
    if (is_temporary(entry->path().filename().string())) remove_if_left(entry->path().c_str());
  }
}

}  // namespace simcheck::cli
