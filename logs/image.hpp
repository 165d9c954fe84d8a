// Where a log's bytes come from: a file, a block device or memory, read-only and seekable.
//
// Nothing here knows the format. Sources skip holes, so a terabyte of nothing costs nothing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "logs/mapping.hpp"

namespace simcheck::logs {

// A user's mistake or a failing device, in one line for stderr.
struct Error {
  std::string message;
};

// Either a value or an Error: user input never throws. (std::expected is C++23.)
template <typename T>
using Result = std::variant<T, Error>;

class ByteSource {
 public:
  virtual ~ByteSource() = default;

  virtual std::uint64_t size() const = 0;

  // Fills `to` from `offset`. Requires offset + to.size() <= size(). False when the medium fails;
  // `to` is then unspecified.
  virtual bool read(std::uint64_t offset, std::span<std::byte> to) const = 0;

  // The first offset at or behind `offset` that may hold a byte other than zero; size() when there
  // is none. A source that knows no holes returns `offset`.
  virtual std::uint64_t next_data(std::uint64_t offset) const { return offset; }

  // Where the source ends now, if somebody cut it short meanwhile: then some of what was read
  // behind that may have been zero.
  virtual std::optional<std::uint64_t> cut_short_at() const { return std::nullopt; }

  // False if its size is that of a device: what ends there may be full.
  virtual bool can_grow() const { return false; }

  // The same bytes as read(). A mapping that holds nothing where the source cannot be mapped.
  virtual Mapping map(std::uint64_t /*offset*/, std::size_t /*bytes*/) const { return {}; }
};

// Bytes owned by the caller, which outlive the source.
class MemorySource final : public ByteSource {
 public:
  explicit MemorySource(std::span<const std::byte> bytes) : bytes_(bytes) {}
  std::uint64_t size() const override { return bytes_.size(); }
  bool read(std::uint64_t offset, std::span<std::byte> to) const override;

 private:
  std::span<const std::byte> bytes_;
};

// A regular file or block device, open as long as the object lives. For one thread at a time.
class FileSource final : public ByteSource {
 public:
  // Fails, naming the path and the reason, for what cannot be opened, sized or sought in.
  static Result<std::unique_ptr<FileSource>> open(const std::string& path);

  ~FileSource() override;
  FileSource(const FileSource&) = delete;
  FileSource& operator=(const FileSource&) = delete;

  int fd() const { return fd_; }

  std::uint64_t size() const override { return size_; }
  bool read(std::uint64_t offset, std::span<std::byte> to) const override;
  std::uint64_t next_data(std::uint64_t offset) const override;
  std::optional<std::uint64_t> cut_short_at() const override;
  bool can_grow() const override { return can_grow_; }
  Mapping map(std::uint64_t offset, std::size_t bytes) const override;

 private:
  FileSource(int fd, std::uint64_t size) : fd_(fd), size_(size) {}
  bool read_nearby(std::uint64_t offset, std::span<std::byte> to) const;

  int fd_;
  std::uint64_t size_;
  bool can_grow_ = false;
  mutable std::uint64_t last_end_ = UINT64_MAX;  // of the last read
  mutable Mapping nearby_;                       // around it
};

bool all_zero(std::span<const std::byte> bytes);

// A source seen through a small window, so that neighbouring small reads cost one system call. The
// window grows while reads follow one another, and is small again after a leap, as from one header
// to the next over data that nobody looks at.
// Once a read has failed, failed() stays true and everything reads as zero: callers ask at the end.
class WindowedSource {
 public:
  static constexpr std::size_t kWindowBytes = 16384;  // at most
  static constexpr std::size_t kLeapBytes = 512;      // more than this are a leap

  // A smaller window for whoever looks at a few bytes here and there.
  explicit WindowedSource(const ByteSource& source, std::size_t window_bytes = kWindowBytes);

  std::uint64_t size() const { return size_; }
  bool failed() const { return failed_ || source_.cut_short_at(); }
  bool a_read_failed() const { return failed_; }  // for whoever asks after each
  std::uint64_t failed_offset() const {
    return failed_ ? failed_offset_ : source_.cut_short_at().value_or(size_);
  }

  // Copies out bytes; what lies past the end reads as zero.
  void read(std::uint64_t offset, std::span<std::byte> to);

  // How many bytes from `offset` on are zero, at most `limit`; the end of the source ends the run.
  std::uint64_t zero_run(std::uint64_t offset, std::uint64_t limit);

 private:
  void fill(std::uint64_t offset, std::size_t wanted);
  std::uint64_t end_of_zeroes(std::uint64_t begin, std::uint64_t end);
  void read_through(std::uint64_t offset, std::span<std::byte> to);

  const ByteSource& source_;
  std::uint64_t size_;
  std::vector<std::byte> window_;
  std::vector<std::byte> scan_;  // for long runs of zeroes, so that they do not empty the window
  std::uint64_t window_begin_ = 0;
  std::size_t window_bytes_ = 0;
  // The last long run of zeroes: whoever asks again must not read a gigabyte again.
  std::uint64_t zeroes_begin_ = 0;
  std::uint64_t zeroes_end_ = 0;
  bool failed_ = false;
  std::uint64_t failed_offset_ = 0;
};

}  // namespace simcheck::logs
