#include "cli/atomic_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include "cli/did_you_mean.hpp"
#include "cli/usage_error.hpp"

namespace simcheck::cli {
namespace {

constexpr std::size_t kBlockBytes = 4096;

// Each byte is like the one before it, and the first is zero: a comparison of memory is fast.
bool is_zero(std::span<const std::byte> bytes) {
  return bytes[0] == std::byte{0} &&
         std::memcmp(bytes.data(), bytes.data() + 1, bytes.size() - 1) == 0;
}

bool write_at(int fd, std::span<const std::byte> bytes, std::uint64_t offset) {
  while (!bytes.empty()) {
    const ssize_t written = pwrite(fd, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    bytes = bytes.subspan(static_cast<std::size_t>(written));
    offset += static_cast<std::uint64_t>(written);
  }
  return true;
}

std::string folder_of(const std::string& path) {
  const std::string folder = std::filesystem::path(path).parent_path().string();
  return folder.empty() ? "." : folder;
}

// So that the new name survives a power cut. Some file systems cannot, and need not.
void sync_folder_of(const std::string& path) {
  const int fd = open(folder_of(path).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return;
  fsync(fd);
  close(fd);
}

// What open() would have given a new file; mkstemp() keeps others out.
mode_t ordinary_mode() {
  const mode_t mask = umask(0);
  umask(mask);
  return 0666 & ~mask;
}

}  // namespace

// Elsewhere that means standard output, and a file of this name is hard to get rid of.
void require_real_name(const std::string& path) {
  if (path == "-")
    throw UsageError("'-' is no name of a file here; for a file of that name give './-'");
}

void require_replaceable(const std::string& path, bool force) {
  require_real_name(path);
  std::error_code ignored;
  const auto status = std::filesystem::status(path, ignored);
  if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status))
    throw UsageError(fmt::format("{}: exists and is no regular file", in_quotes(path)));
  if (!force && std::filesystem::exists(std::filesystem::symlink_status(path, ignored)))
    throw UsageError(fmt::format("{} exists; --force replaces it", in_quotes(path)));
}

AtomicFile::AtomicFile(const std::string& path) : shown_path_(path) {
  require_replaceable(path, true);
  std::error_code error;
  const auto target = std::filesystem::weakly_canonical(path, error);
  path_ = error ? path : target.string();
  open_temporary();
  set_permissions();
}

AtomicFile::~AtomicFile() {
  if (fd_ < 0) return;
  close(fd_);
  if (!is_nameless_) unlink(temporary_.c_str());
}

// Without a name as long as it is written, so that nothing is left behind by a process that is
// killed; where the file system has no such files, with one. That is short, whatever is replaced:
// names have at most 255 bytes.
void AtomicFile::open_temporary() {
  fd_ = open(folder_of(path_).c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0666);
  is_nameless_ = fd_ >= 0;
  if (is_nameless_) return;
  temporary_ = folder_of(path_) + "/.simcheck-XXXXXX";
  fd_ = mkstemp(temporary_.data());
  if (fd_ < 0) fail(errno);
}

// Who could not read what is replaced must not be able to read what comes: a group that cannot be
// kept has the rights of all others.
void AtomicFile::set_permissions() {
  struct stat before {};
  if (stat(path_.c_str(), &before) != 0) {
    if (!is_nameless_ && fchmod(fd_, ordinary_mode()) != 0) fail(errno);
    return;
  }
  const auto none = static_cast<uid_t>(-1);
  const bool has_group = fchown(fd_, none, before.st_gid) == 0;
  const bool has_owner = fchown(fd_, before.st_uid, static_cast<gid_t>(-1)) == 0;
  mode_t mode = before.st_mode & (has_group && has_owner ? 07777 : 0777);
  if (!has_group) mode = (mode & ~S_IRWXG) | (mode & S_IRWXG & (mode & S_IRWXO) << 3);
  if (fchmod(fd_, mode) != 0) fail(errno);
}

// What has the name already is left alone: another thread's, or a process's of this number that was
// killed or runs in another container.
void AtomicFile::name_temporary() {
  const std::string self = fmt::format("/proc/self/fd/{}", fd_);
  for (int attempt = 0; is_nameless_; ++attempt) {
    temporary_ = fmt::format("{}/.simcheck-{}-{}", folder_of(path_), getpid(), attempt);
    is_nameless_ =
        linkat(AT_FDCWD, self.c_str(), AT_FDCWD, temporary_.c_str(), AT_SYMLINK_FOLLOW) != 0;
    if (is_nameless_ && errno != EEXIST) fail(errno);
  }
}

void AtomicFile::write(std::span<const std::byte> bytes) {
  while (!bytes.empty()) {
    const auto block = bytes.first(std::min(bytes.size(), kBlockBytes));
    if (!is_zero(block) && !write_at(fd_, block, size_)) fail(errno);
    size_ += block.size();
    bytes = bytes.subspan(block.size());
  }
}

void AtomicFile::commit() {
  if (ftruncate(fd_, static_cast<off_t>(size_)) != 0 || fsync(fd_) != 0) fail(errno);
  name_temporary();
  if (std::rename(temporary_.c_str(), path_.c_str()) != 0) fail(errno);
  sync_folder_of(path_);
  close(fd_);
  fd_ = -1;
}

void AtomicFile::fail(int error) const {
  throw UsageError(
      fmt::format("{}: cannot be written: {}", in_quotes(shown_path_), std::strerror(error)));
}

}  // namespace simcheck::cli
