// What a property may ask of a disk's content, without knowing the disk.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "sim/payload.hpp"

namespace simcheck::sim {

struct DiskRecord;

/// The content of a device at one moment, as a guest's read would see it (volatile cache
/// included). Never-written bytes are zero.
class ContentView {
 public:
  virtual ~ContentView() = default;
  /// The longest run from `offset`, at most `length_max` bytes (> 0), whose bytes lie in one chunk.
  /// The chunk's memory stays valid until the device next changes.
  virtual Chunk run_at(std::uint64_t offset, std::uint64_t length_max) const = 0;
  /// Size in bytes.
  virtual std::uint64_t size() const = 0;
  /// What the device did so far (event_disk.hpp); nothing if it is no disk. Throws
  /// std::logic_error if it is one that nobody watches.
  virtual DiskRecord record() const;
};

/// Copies content; reads past the end give zeroes.
void read_content(const ContentView& view, std::uint64_t offset, std::span<std::byte> into);

/// Equal bytes in [a_offset, +length) of `a` and [b_offset, +length) of `b`? Compares runs, so long
/// stretches of one repeated byte cost nothing.
bool same_content(const ContentView& a, std::uint64_t a_offset, const ContentView& b,
                  std::uint64_t b_offset, std::uint64_t length);

/// A 64-bit checksum (FNV-1a) of [offset, +length).
std::uint64_t checksum_of(const ContentView& view, std::uint64_t offset, std::uint64_t length);

/// The same of a payload: equal for equal bytes, however they are split into chunks.
std::uint64_t checksum_of(const Payload& data);

/// Are the bytes from `offset` on those of the chunk?
bool holds(const ContentView& view, std::uint64_t offset, Chunk chunk);

/// Is [offset, +length) filled with `fill` throughout?
inline bool is_filled(const ContentView& view, std::uint64_t offset, std::uint64_t length,
                      std::byte fill) {
  return holds(view, offset, {nullptr, length, fill});
}

}  // namespace simcheck::sim
