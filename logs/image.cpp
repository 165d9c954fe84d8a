#include "logs/image.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace simcheck::logs {
namespace {

constexpr std::size_t kScanBytes = 262144;
constexpr std::size_t kStepBytes = 512;
// A header's sector, and the one behind it.
constexpr std::size_t kLeapWindowBytes = 1024;
// Small reads so close behind one another are of mapped memory, all of which is then read.
constexpr std::size_t kSmallBytes = 4096, kNearbyBytes = 8192;
constexpr std::uint64_t kMappingBytes = 2 << 20;

}  // namespace

bool all_zero(std::span<const std::byte> bytes) {
  // Comparing the bytes with themselves one further on leaves the loop to memcmp.
  return bytes.empty() || (bytes[0] == std::byte{0} &&
                           std::memcmp(bytes.data(), bytes.data() + 1, bytes.size() - 1) == 0);
}

bool MemorySource::read(std::uint64_t offset, std::span<std::byte> to) const {
  if (!to.empty()) std::memcpy(to.data(), bytes_.data() + offset, to.size());
  return true;
}

Result<std::unique_ptr<FileSource>> FileSource::open(const std::string& path) {
  const auto error = [&](const char* what) {
    return Error{fmt::format("cannot read '{}': {}", path, what)};
  };
  // Without O_NONBLOCK a named pipe would wait here for a writer for ever.
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0) return error(std::strerror(errno));
  std::unique_ptr<FileSource> source(new FileSource(fd, 0));
  struct stat status;
  if (::fstat(fd, &status) != 0) return error(std::strerror(errno));
  if (S_ISDIR(status.st_mode)) return error("it is a directory, not a file or a block device");
  if (!S_ISREG(status.st_mode) && !S_ISBLK(status.st_mode)) {
    return error("it must be a regular file or a block device");
  }
  const off_t end = ::lseek(fd, 0, SEEK_END);
  if (end < 0) return error(std::strerror(errno));
  source->size_ = static_cast<std::uint64_t>(end);
  source->can_grow_ = S_ISREG(status.st_mode);
  return source;
}

FileSource::~FileSource() { ::close(fd_); }

bool FileSource::read(std::uint64_t offset, std::span<std::byte> to) const {
  if (read_nearby(offset, to)) return true;
  while (!to.empty()) {
    const ssize_t got = ::pread(fd_, to.data(), to.size(), static_cast<off_t>(offset));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;  // 0: somebody truncated the file since it was opened
    offset += static_cast<std::uint64_t>(got);
    to = to.subspan(static_cast<std::size_t>(got));
  }
  return true;
}

// False as well if it is no small read near the one before.
bool FileSource::read_nearby(std::uint64_t offset, std::span<std::byte> to) const {
  const bool goes_on = offset >= last_end_ && offset - last_end_ <= kNearbyBytes;
  last_end_ = offset + to.size();
  if (to.size() > kSmallBytes) return false;
  if (!nearby_.holds(offset, to.size())) {
    if (!goes_on) return false;
    const auto bytes = static_cast<std::size_t>(std::min(kMappingBytes, size_ - offset));
    nearby_ = map(offset, bytes);
    if (!nearby_.holds(offset, to.size())) return false;
  }
  return copy_mapped(nearby_.at(offset, to.size()), to);
}

Mapping FileSource::map(std::uint64_t offset, std::size_t bytes) const {
  return {fd_, offset, bytes};
}

std::uint64_t FileSource::next_data(std::uint64_t offset) const {
  if (offset >= size_) return size_;
  const off_t data = ::lseek(fd_, static_cast<off_t>(offset), SEEK_DATA);
  if (data >= 0) return std::min(static_cast<std::uint64_t>(data), size_);
  return errno == ENXIO && !cut_short_at() ? size_ : offset;
}

std::optional<std::uint64_t> FileSource::cut_short_at() const {
  const off_t end = ::lseek(fd_, 0, SEEK_END);
  if (end >= 0 && static_cast<std::uint64_t>(end) < size_) return static_cast<std::uint64_t>(end);
  return std::nullopt;
}

WindowedSource::WindowedSource(const ByteSource& source, std::size_t window_bytes)
    : source_(source), size_(source.size()), window_(window_bytes) {}

void WindowedSource::read_through(std::uint64_t offset, std::span<std::byte> to) {
  if (!failed_ && source_.read(offset, to)) return;
  if (!failed_) failed_offset_ = offset;
  failed_ = true;
  std::fill(to.begin(), to.end(), std::byte{0});
}

void WindowedSource::fill(std::uint64_t offset, std::size_t wanted) {
  const std::uint64_t end = window_begin_ + window_bytes_;
  const bool goes_on = window_bytes_ > 0 && end <= offset && offset - end <= kLeapBytes;
  const std::size_t bytes = std::max(goes_on ? 2 * window_bytes_ : kLeapWindowBytes, wanted);
  window_begin_ = offset;
  window_bytes_ = static_cast<std::size_t>(
      std::min<std::uint64_t>(std::min(bytes, window_.size()), size_ - offset));
  read_through(offset, std::span(window_).first(window_bytes_));
}

void WindowedSource::read(std::uint64_t offset, std::span<std::byte> to) {
  while (!to.empty()) {
    if (offset >= size_) {
      std::fill(to.begin(), to.end(), std::byte{0});
      return;
    }
    if (to.size() >= window_.size()) {
      const auto bytes =
          static_cast<std::size_t>(std::min<std::uint64_t>(to.size(), size_ - offset));
      read_through(offset, to.first(bytes));
      offset += bytes;
      to = to.subspan(bytes);
      continue;
    }
    if (offset < window_begin_ || offset >= window_begin_ + window_bytes_) {
      fill(offset, to.size());
    }
    const auto within = static_cast<std::size_t>(offset - window_begin_);
    const std::size_t bytes = std::min(to.size(), window_bytes_ - within);
    std::memcpy(to.data(), window_.data() + within, bytes);
    offset += bytes;
    to = to.subspan(bytes);
  }
}

// The first byte in [begin, end) that is not zero, or `end`.
std::uint64_t WindowedSource::end_of_zeroes(std::uint64_t begin, std::uint64_t end) {
  std::uint64_t at = begin;
  std::size_t step = kStepBytes;  // grows: most runs end at once, and some are a terabyte
  while (at < end && !failed_) {
    if (zeroes_begin_ <= at && at < zeroes_end_) {
      at = std::min(end, zeroes_end_);
      continue;
    }
    if (step > kStepBytes) at = std::max(at, std::min(end, source_.next_data(at)));
    const auto bytes = static_cast<std::size_t>(std::min<std::uint64_t>(step, end - at));
    if (scan_.size() < bytes) scan_.resize(bytes);
    const std::span<std::byte> chunk = std::span(scan_).first(bytes);
    read(at, chunk);
    if (!all_zero(chunk)) {
      const auto first =
          std::find_if(chunk.begin(), chunk.end(), [](std::byte b) { return b != std::byte{0}; });
      return at + static_cast<std::uint64_t>(first - chunk.begin());
    }
    at += bytes;
    step = std::min(step * 8, kScanBytes);
  }
  return at;
}

std::uint64_t WindowedSource::zero_run(std::uint64_t offset, std::uint64_t limit) {
  if (offset >= size_) return 0;
  const std::uint64_t end = limit > size_ - offset ? size_ : offset + limit;
  const std::uint64_t run_end = end_of_zeroes(offset, end);
  const bool joins = offset <= zeroes_end_ && zeroes_begin_ <= run_end;
  if (run_end - offset >= kScanBytes) {
    zeroes_begin_ = joins ? std::min(zeroes_begin_, offset) : offset;
    zeroes_end_ = joins ? std::max(zeroes_end_, run_end) : run_end;
  }
  return run_end - offset;
}

}  // namespace simcheck::logs
