#include "cli/log_scratch.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <linux/fs.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <set>
#include <span>
#include <utility>
#include <vector>

#include "cli/did_you_mean.hpp"
#include "cli/log_leftovers.hpp"
#include "cli/usage_error.hpp"
#include "logs/image.hpp"

namespace simcheck::cli {
namespace {

constexpr std::uint64_t kStepBytes = 64 << 20;  // between two looks at the interrupt
constexpr std::size_t kBufferBytes = 1 << 20;
constexpr std::size_t kHoleBytes = 64 << 10;  // of zeroes become a hole

// Copies [at, end); errno and false when that fails.
class Copier {
 public:
  Copier(int from, int to, const std::atomic<bool>& interrupted)
      : from_(from), to_(to), interrupted_(interrupted) {}

  bool run(std::uint64_t bytes) {
    for (std::uint64_t at = 0; at < bytes;) {
      const off_t data = lseek(from_, static_cast<off_t>(at), SEEK_DATA);
      if (data < 0 && errno == ENXIO) return true;  // the rest is a hole
      if (data >= 0) at = static_cast<std::uint64_t>(data);
      const off_t hole = data < 0 ? -1 : lseek(from_, data, SEEK_HOLE);
      const std::uint64_t end =
          hole < 0 ? bytes : std::min(bytes, static_cast<std::uint64_t>(hole));
      for (std::uint64_t step; at < end; at += step) {
        if (interrupted_) throw Interrupted();
        step = std::min(kStepBytes, end - at);
        if (!copy(at, at + step)) return false;
      }
    }
    return true;
  }

 private:
  bool copy(std::uint64_t at, std::uint64_t end) {
    while (in_kernel_ && at < end) {
      auto from = static_cast<off_t>(at), to = from;
      const ssize_t copied = copy_file_range(from_, &from, to_, &to, end - at, 0);
      if (copied < 0 && (errno == ENOSPC || errno == EIO || errno == EFBIG || errno == EDQUOT))
        return false;
      in_kernel_ = copied > 0;  // never for block devices, nor across some file systems
      if (copied > 0) at += static_cast<std::uint64_t>(copied);
    }
    return copy_by_hand(at, end);
  }

  bool copy_by_hand(std::uint64_t at, std::uint64_t end) {
    buffer_.resize(kBufferBytes);
    while (at < end) {
      const auto want = static_cast<std::size_t>(std::min<std::uint64_t>(kBufferBytes, end - at));
      const ssize_t got = pread(from_, buffer_.data(), want, static_cast<off_t>(at));
      if (got < 0 && errno == EINTR) continue;
      if (got == 0) errno = EIO;  // somebody cut it short
      if (got <= 0) return false;
      if (!write_data(at, std::span(buffer_).first(static_cast<std::size_t>(got)))) return false;
      at += static_cast<std::uint64_t>(got);
    }
    return true;
  }

  bool write_data(std::uint64_t at, std::span<const std::byte> bytes) {
    while (!bytes.empty()) {
      auto piece = bytes.first(std::min(bytes.size(), kHoleBytes));
      if (!logs::all_zero(piece)) {
        const ssize_t written = pwrite(to_, piece.data(), piece.size(), static_cast<off_t>(at));
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return false;
        piece = piece.first(static_cast<std::size_t>(written));
      }
      bytes = bytes.subspan(piece.size());
      at += piece.size();
    }
    return true;
  }

  int from_;
  int to_;
  const std::atomic<bool>& interrupted_;
  bool in_kernel_ = true;
  std::vector<std::byte> buffer_;
};

// As for any new file, but for nobody who may not read all of `sources`: a group that is not theirs
// is as strange to them as all others are.
mode_t mode_like(int fd, const std::vector<std::string>& sources) {
  mode_t mode = umask(0);
  umask(mode);
  mode = 0666 & ~mode;
  struct stat copy {};
  if (fstat(fd, &copy) != 0) return S_IRUSR | S_IWUSR;
  for (const std::string& path : sources) {
    struct stat source {};
    if (stat(path.c_str(), &source) != 0) return S_IRUSR | S_IWUSR;
    const mode_t others = source.st_mode & S_IRWXO;
    const mode_t group = source.st_gid == copy.st_gid ? source.st_mode & S_IRWXG : others << 3;
    mode &= S_IRWXU | group | others;
  }
  return mode;
}

// A run makes many copies in one folder.
void remove_leftovers_once(const std::string& folder) {
  static std::set<std::string> cleared;
  if (cleared.insert(folder).second) remove_leftovers(folder);
}

}  // namespace

std::string scratch_folder_for(const std::string& path) {
  std::error_code ignored;
  const auto canonical = std::filesystem::canonical(path, ignored);
  if (std::filesystem::is_regular_file(canonical, ignored)) return canonical.parent_path().string();
  return std::filesystem::temp_directory_path(ignored).string();
}

void require_scratch(const std::string& folder) { ScratchFile(folder, "copy"); }

ScratchFile::ScratchFile(const std::string& folder, const std::string& stem, const char* advice)
    : advice_(advice) {
  remove_leftovers_once(folder);
  fd_ = make_temporary(folder, stem, path_);
  if (fd_ >= 0) return;
  throw UsageError(fmt::format("no temporary copy can be made in {}: {}; {}", in_quotes(folder),
                               std::strerror(errno), advice_));
}

ScratchFile::ScratchFile(ScratchFile&& other) noexcept
    : advice_(other.advice_), path_(std::move(other.path_)), fd_(std::exchange(other.fd_, -1)) {}

ScratchFile::~ScratchFile() {
  if (fd_ < 0) return;
  close(fd_);
  unlink(path_.c_str());
}

void ScratchFile::copy_from(int fd, std::uint64_t bytes, const std::string& name,
                            const std::atomic<bool>& interrupted) {
  if (ftruncate(fd_, 0) == 0 && ioctl(fd_, FICLONE, fd) == 0) return;
  if (ftruncate(fd_, static_cast<off_t>(bytes)) == 0 && Copier(fd, fd_, interrupted).run(bytes))
    return;
  const int error = errno;
  throw UsageError(fmt::format("{} cannot be copied to {}: {}; {}", in_quotes(name),
                               in_quotes(path_), std::strerror(error), advice_));
}

void ScratchFile::keep_as(const std::string& path, const std::vector<std::string>& sources) {
  const auto fail = [&](int error) {
    throw UsageError(fmt::format("{} cannot be renamed to {}: {}", in_quotes(path_),
                                 in_quotes(path), std::strerror(error)));
  };
  // Others could not see it up to now.
  if (fchmod(fd_, mode_like(fd_, sources)) != 0) fail(errno);
  if (fsync(fd_) != 0 || std::rename(path_.c_str(), path.c_str()) != 0) fail(errno);
  close(fd_);
  fd_ = -1;
}

}  // namespace simcheck::cli
