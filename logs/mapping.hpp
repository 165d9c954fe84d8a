// A stretch of a file, mapped into memory: many small reads without a system call each.
//
// A read() that fails returns an error; a mapped page that cannot be had raises SIGBUS. That comes
// about when the medium fails, or when somebody cuts the file short meanwhile. So mapped bytes are
// handed to the kernel, which returns EFAULT, or copied by copy_mapped(), which returns false. From
// the new end of such a file to the end of its page there are zeroes: see
// ByteSource::cut_short_at().
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace simcheck::logs {

class Mapping {
 public:
  Mapping() = default;
  // The bytes [offset, offset + bytes) of an open file, which may be closed afterwards; all of them
  // are read at once. Holds nothing if the file cannot be mapped.
  Mapping(int fd, std::uint64_t offset, std::size_t bytes);
  ~Mapping();
  Mapping(Mapping&& other) noexcept;
  Mapping& operator=(Mapping&& other) noexcept;

  bool holds(std::uint64_t offset, std::uint64_t bytes) const {
    return offset >= offset_ && bytes <= bytes_ && offset - offset_ <= bytes_ - bytes;
  }
  // Requires holds().
  std::span<const std::byte> at(std::uint64_t offset, std::size_t bytes) const {
    return {address_ + (offset - offset_), bytes};
  }

 private:
  const std::byte* address_ = nullptr;  // of the byte at offset_, which begins a page
  std::uint64_t offset_ = 0;
  std::size_t bytes_ = 0;
};

// Copies bytes of a mapping to as much room. False if one of them cannot be read; `to` is then
// unspecified.
bool copy_mapped(std::span<const std::byte> from, std::span<std::byte> to);

}  // namespace simcheck::logs
