#include "logs/replay_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <linux/fs.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

namespace simcheck::logs {
namespace {

constexpr std::size_t kVectorsMax = 256;            // of one system call; IOV_MAX is 1024
constexpr std::size_t kZeroBytes = 256 * 1024;      // written at a time where nothing better works
constexpr std::uint64_t kDeviceRangeMax = 1 << 30;  // so that a signal does not wait for ever

// The pieces from byte `skip` on, as far as one call takes them.
std::size_t gather(std::span<const std::span<const std::byte>> pieces, std::uint64_t skip,
                   std::array<iovec, kVectorsMax>& to) {
  std::size_t count = 0;
  for (const auto& piece : pieces) {
    if (count == kVectorsMax) break;
    if (skip >= piece.size()) {
      skip -= piece.size();
      continue;
    }
    const auto rest = piece.subspan(static_cast<std::size_t>(skip));
    to[count++] = {const_cast<std::byte*>(rest.data()), rest.size()};
    skip = 0;
  }
  return count;
}

}  // namespace

Result<std::unique_ptr<FileTarget>> FileTarget::open(const std::string& path) {
  const auto error = [&](const std::string& what) {
    return Error{fmt::format("cannot replay onto '{}': {}", path, what)};
  };
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return error(std::strerror(errno));
  const bool is_device = S_ISBLK(status.st_mode);
  if (!is_device && !S_ISREG(status.st_mode)) {
    return error("it is neither a regular file nor a block device");
  }
  // O_EXCL without O_CREAT: not while a file system or another device uses it.
  const int fd = ::open(path.c_str(), O_RDWR | O_CLOEXEC | (is_device ? O_EXCL : 0));
  if (fd < 0 && is_device && errno == EBUSY) return error("the device is mounted or in use");
  if (fd < 0) return error(std::strerror(errno));
  std::unique_ptr<FileTarget> target(new FileTarget(fd, is_device));
  const off_t end = ::lseek(fd, 0, SEEK_END);
  if (end < 0) return error(std::strerror(errno));
  target->size_ = static_cast<std::uint64_t>(end);
  int block = 0;
  if (is_device && ::ioctl(fd, BLKSSZGET, &block) == 0 && block > 0) {
    target->block_bytes_ = static_cast<std::uint64_t>(block);
  }
  return target;
}

FileTarget::~FileTarget() { ::close(fd_); }

Written FileTarget::write(std::uint64_t offset,
                          std::span<const std::span<const std::byte>> pieces) {
  Written done;
  std::array<iovec, kVectorsMax> vectors;
  while (true) {
    const std::size_t count = gather(pieces, done.bytes, vectors);
    if (count == 0) return done;
    const auto at = static_cast<off_t>(offset + done.bytes);
    const ssize_t written = count == 1
                                ? ::pwrite(fd_, vectors[0].iov_base, vectors[0].iov_len, at)
                                : ::pwritev(fd_, vectors.data(), static_cast<int>(count), at);
    if (written < 0 && errno == EINTR) continue;
    // Zero for a request that is not empty: there is no room, whatever it is called.
    done.error = written < 0 ? errno : written == 0 ? ENOSPC : 0;
    if (written <= 0) return done;
    done.bytes += static_cast<std::uint64_t>(written);
  }
}

int FileTarget::write_zeroes(std::uint64_t offset, std::uint64_t bytes) {
  static constexpr std::array<std::byte, kZeroBytes> kZeroes{};
  while (bytes > 0) {
    const std::span<const std::byte> piece = std::span(kZeroes).first(
        static_cast<std::size_t>(std::min<std::uint64_t>(bytes, kZeroBytes)));
    const Written written = write(offset, std::span(&piece, 1));
    if (written.error != 0) return written.error;
    offset += piece.size();
    bytes -= piece.size();
  }
  return 0;
}

int FileTarget::device_range(unsigned long request, std::uint64_t offset, std::uint64_t bytes) {
  if (offset % block_bytes_ != 0 || bytes % block_bytes_ != 0) return ENOTSUP;
  while (bytes > 0) {
    std::uint64_t range[2] = {offset, std::min(bytes, kDeviceRangeMax)};
    if (::ioctl(fd_, request, range) != 0) {
      if (errno == EINTR) continue;
      return errno == EOPNOTSUPP || errno == ENOTTY || errno == EINVAL ? ENOTSUP : errno;
    }
    offset += range[1];
    bytes -= range[1];
  }
  return 0;
}

int FileTarget::zero(std::uint64_t offset, std::uint64_t bytes) {
  if (bytes == 0) return 0;
  int error = ENOTSUP;
  if (is_device_) {
    error = device_range(BLKZEROOUT, offset, bytes);
  } else {
    error = discard(offset, bytes);  // a hole reads as zero
  }
  return error == ENOTSUP ? write_zeroes(offset, bytes) : error;
}

int FileTarget::discard(std::uint64_t offset, std::uint64_t bytes) {
  if (bytes == 0) return 0;
  if (is_device_) return device_range(BLKDISCARD, offset, bytes);
  while (::fallocate(fd_, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, static_cast<off_t>(offset),
                     static_cast<off_t>(bytes)) != 0) {
    if (errno != EINTR) return errno == EOPNOTSUPP || errno == ENOSYS ? ENOTSUP : errno;
  }
  return 0;
}

int FileTarget::sync() {
  while (::fsync(fd_) != 0) {
    if (errno != EINTR) return errno;
  }
  return 0;
}

}  // namespace simcheck::logs
