// The data of a write: a list of chunks, each either bytes in memory or one byte repeated.
//
// A repeated byte is data like any other, but costs nothing to move: guest patterns
// (`write -P 7`), zeroes and the padding of a log header are of this form, so a simulated 4 KiB
// write does not copy 4 KiB. Drivers hand a guest's payload on as QEMU hands on an I/O vector.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "sim/assert.hpp"

namespace simcheck::sim {

/// `length` bytes: those at `bytes`, or `fill` repeated if `bytes` is null. Does not own them.
struct Chunk {
  const std::byte* bytes = nullptr;
  std::uint64_t length = 0;
  std::byte fill{0};
};

/// Bytes [begin, +length) of a chunk.
constexpr Chunk part_of(const Chunk& chunk, std::uint64_t begin, std::uint64_t length) {
  return {chunk.bytes == nullptr ? nullptr : chunk.bytes + begin, length, chunk.fill};
}

/// A short list of chunks, written one behind the other. The memory the chunks point to must stay
/// unchanged until the write that uses it has returned; the disk copies what it keeps.
class Payload {
 public:
  static constexpr std::size_t kChunksMax = 6;

  Payload() = default;
  static Payload filled(std::byte fill, std::uint64_t length) {
    return Payload().append_fill(fill, length);
  }
  static Payload of(std::span<const std::byte> bytes) { return Payload().append(bytes); }

  Payload& append(std::span<const std::byte> bytes) {
    return append(Chunk{bytes.data(), bytes.size(), std::byte{0}});
  }
  Payload& append_fill(std::byte fill, std::uint64_t length) {
    return append(Chunk{nullptr, length, fill});
  }
  Payload& append(const Payload& other) {
    for (const Chunk& chunk : other.chunks()) append(chunk);
    return *this;
  }
  Payload& append(const Chunk& chunk) {
    if (chunk.length == 0) return *this;
    SIMCHECK_ASSERT(count_ < kChunksMax, "a payload has at most kChunksMax chunks");
    chunks_[count_++] = chunk;
    length_ += chunk.length;
    return *this;
  }

  std::span<const Chunk> chunks() const { return {chunks_.data(), count_}; }
  std::uint64_t length() const { return length_; }
  /// True if every byte is zero; looks at the bytes. detect-zeroes asks this.
  bool is_zero() const;

 private:
  std::array<Chunk, kChunksMax> chunks_;
  std::size_t count_ = 0;
  std::uint64_t length_ = 0;
};

}  // namespace simcheck::sim
