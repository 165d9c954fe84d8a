// Compares bytes of one source with bytes of another, in pieces and past holes.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "logs/image.hpp"

namespace simcheck::logs {

// A source followed by zeroes without end, as a device before it grew. Null: nothing but zeroes.
class Padded {
 public:
  explicit Padded(const ByteSource* source) : source_(source) {}

  std::uint64_t size() const { return source_ == nullptr ? 0 : source_->size(); }
  std::uint64_t next_data(std::uint64_t offset) const;
  bool read(std::uint64_t offset, std::span<std::byte> to) const;

 private:
  const ByteSource* source_;
};

// Bytes of `source` from `at` on.
struct Expected {
  const Padded& source;
  std::uint64_t at = 0;
};

struct OtherByte {
  std::uint64_t offset_bytes = 0;  // of the device
  std::uint8_t expected = 0;
  std::uint8_t found = 0;
};

class ByteCompare {
 public:
  static constexpr std::size_t kChunkBytes = 262144;

  // The source outlives the object.
  explicit ByteCompare(const ByteSource& device) : device_(&device), chunks_(2 * kChunkBytes) {}

  // The first byte of the device in [begin, end) that is not as expected.
  std::optional<OtherByte> difference(Expected expected, std::uint64_t begin, std::uint64_t end);

  // Visits the atoms of so many bytes, from `begin` on, that are as expected, or with `equal` false
  // those that are not; neighbours of one chunk at once. `visit` must not compare.
  using Visit = std::function<void(std::uint64_t begin, std::uint64_t end)>;
  void for_atoms(Expected expected, std::uint64_t begin, std::uint64_t end, std::size_t atom_bytes,
                 bool equal, const Visit& visit);

  // Once a source could not be read; all answers since are worth nothing.
  const std::optional<Error>& error() const { return error_; }

 private:
  std::span<std::byte> wanted(std::size_t bytes) { return std::span(chunks_).first(bytes); }
  std::span<std::byte> found(std::size_t bytes) {
    return std::span(chunks_).subspan(kChunkBytes, bytes);
  }
  bool read(Expected expected, std::uint64_t at, std::size_t bytes);

  Padded device_;
  std::vector<std::byte> chunks_;
  std::optional<Error> error_;
};

}  // namespace simcheck::logs
