#include "logs/writer.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>

namespace simcheck::logs {
namespace {

std::array<std::byte, kSuperblockBytes> encoded(const Superblock& super) {
  std::array<std::byte, kSuperblockBytes> bytes;
  encode(super, bytes);
  return bytes;
}

bool write_all(int fd, std::uint64_t offset, std::span<const std::byte> bytes) {
  while (!bytes.empty()) {
    const ssize_t put = ::pwrite(fd, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (put < 0 && errno == EINTR) continue;
    if (put <= 0) return false;
    offset += static_cast<std::uint64_t>(put);
    bytes = bytes.subspan(static_cast<std::size_t>(put));
  }
  return true;
}

// The rename must survive a power cut too; a directory that cannot be synced is no failure.
void sync_directory(const std::filesystem::path& directory) {
  const int fd = ::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return;
  ::fsync(fd);
  ::close(fd);
}

}  // namespace

ImageWriter::ImageWriter(std::uint32_t sector_size) : size_(sector_size) {
  if (!is_sector_size(sector_size)) std::abort();  // a programmer's error, in every build
  super_.sector_size = sector_size;
}

void ImageWriter::put_bytes(std::uint64_t offset, std::span<const std::byte> bytes) {
  const std::uint64_t sector_size = super_.sector_size;
  cover(offset + bytes.size());
  while (!bytes.empty()) {
    const std::uint64_t within = offset % sector_size;
    const auto part =
        static_cast<std::size_t>(std::min<std::uint64_t>(bytes.size(), sector_size - within));
    const auto at = sectors_.find(offset - within);
    if (at != sectors_.end() || !all_zero(bytes.first(part))) {
      std::vector<std::byte>& sector = sectors_[offset - within];
      sector.resize(sector_size);
      std::copy_n(bytes.begin(), part, sector.begin() + static_cast<std::ptrdiff_t>(within));
    }
    offset += part;
    bytes = bytes.subspan(part);
  }
}

void ImageWriter::put_header(std::uint64_t log_sector, const EntryHeader& header) {
  std::array<std::byte, kEntryHeaderBytes> bytes;
  encode(header, bytes);
  sectors_.erase(log_sector * super_.sector_size);
  put_bytes(log_sector * super_.sector_size, bytes);
  cover((log_sector + 1) * super_.sector_size);
}

void ImageWriter::grow_to(std::uint64_t bytes) { cover(bytes); }

void ImageWriter::append_header(const EntryHeader& header) {
  put_header(next_sector_++, header);
  ++super_.nr_entries;
}

void ImageWriter::append_write(std::uint64_t sector, std::span<const std::byte> data,
                               std::uint64_t flags) {
  if (data.size() % super_.sector_size != 0) std::abort();
  append_header({sector, data.size() / super_.sector_size, flags, 0});
  put_bytes(next_sector_ * super_.sector_size, data);
  next_sector_ += data.size() / super_.sector_size;
}

void ImageWriter::append_zeroes(std::uint64_t sector, std::uint64_t nr_sectors) {
  append_header({sector, nr_sectors, 0, 0});
  next_sector_ += nr_sectors;
  cover(next_sector_ * super_.sector_size);
}

void ImageWriter::append_discard(std::uint64_t sector, std::uint64_t nr_sectors) {
  append_header({sector, nr_sectors, kFlagDiscard, 0});
}

void ImageWriter::append_flush() { append_header({0, 0, kFlagFlush, 0}); }

void ImageWriter::append_mark(std::string_view text) {
  if (text.size() + kEntryHeaderBytes + 1 > super_.sector_size) std::abort();
  append_header({0, 0, kFlagMark, text.size()});
  put_bytes((next_sector_ - 1) * super_.sector_size + kEntryHeaderBytes,
            std::as_bytes(std::span(text)));
}

std::uint64_t ImageWriter::size() const { return size_; }

std::vector<std::byte> ImageWriter::bytes() const {
  std::vector<std::byte> image(size_);
  const auto put = [&](std::uint64_t offset, std::span<const std::byte> bytes) {
    std::copy_n(bytes.begin(), std::min<std::uint64_t>(bytes.size(), size_ - offset),
                image.begin() + static_cast<std::ptrdiff_t>(offset));
  };
  for (const auto& [offset, sector] : sectors_) put(offset, sector);
  put(0, encoded(super_));
  return image;
}

std::optional<std::string> ImageWriter::write_to(int fd) const {
  bool done = ::ftruncate(fd, static_cast<off_t>(size_)) == 0;
  for (auto at = sectors_.begin(); done && at != sectors_.end(); ++at) {
    const auto& [offset, sector] = *at;
    const std::uint64_t bytes = std::min<std::uint64_t>(sector.size(), size_ - offset);
    done = write_all(fd, offset, std::span(sector).first(static_cast<std::size_t>(bytes)));
  }
  done = done && write_all(fd, 0, encoded(super_)) && ::fsync(fd) == 0;
  if (done) return std::nullopt;
  return std::strerror(errno);
}

std::optional<Error> ImageWriter::save(const std::string& path) const {
  const auto error = [&](const std::string& what) {
    return Error{fmt::format("cannot write '{}': {}", path, what)};
  };
  // A rename would replace a device node, or the link instead of what it points to.
  std::error_code ignored;
  const std::filesystem::file_status there = std::filesystem::symlink_status(path, ignored);
  if (std::filesystem::exists(there) && !std::filesystem::is_regular_file(there)) {
    return error("it exists and is not a regular file");
  }
  std::string temporary = path + ".XXXXXX";
  const int fd = ::mkstemp(temporary.data());
  if (fd < 0) return error(std::strerror(errno));
  std::optional<std::string> failure = write_to(fd);
  // mkstemp makes the file private; a log is as readable as any other output.
  const mode_t mask = ::umask(0);
  ::umask(mask);
  if (!failure && ::fchmod(fd, 0666 & ~mask) != 0) failure = std::strerror(errno);
  if (::close(fd) != 0 && !failure) failure = std::strerror(errno);
  if (!failure && ::rename(temporary.c_str(), path.c_str()) != 0) failure = std::strerror(errno);
  if (failure) {
    ::unlink(temporary.c_str());
    return error(*failure);
  }
  const std::filesystem::path directory = std::filesystem::path(path).parent_path();
  sync_directory(directory.empty() ? "." : directory);
  return std::nullopt;
}

}  // namespace simcheck::logs
