// The bytes around an unaligned request that must be read before whole blocks can be written.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "sim/sim.hpp"

namespace simcheck::drivers {

/// Where the blocks of a request lie, and a buffer for its first and last block: for these two
/// alone, however long the request. The buffer is the one allocation the block layer makes.
class Padding {
 public:
  /// Requires length > 0, and offset or offset + length not aligned.
  Padding(std::uint64_t offset, std::uint64_t length, std::uint32_t alignment);

  /// The padded request.
  std::uint64_t begin() const { return begin_; }
  std::uint64_t end() const { return end_; }

  /// Fills the buffer: by one read where the blocks are neighbours, else by one for each end that
  /// needs padding.
  sim::IoStatus read(sim::BlockDevice& device);

  /// What of the padded request is not the request's own; either may be empty, but not both.
  std::span<const std::byte> head() const { return bytes().first(head_); }
  std::span<const std::byte> tail() const { return bytes().last(tail_); }

  /// Makes the request's own bytes in the buffer zero.
  void zero_middle();

  /// True if the buffer is the whole padded request.
  bool has_all() const { return buffer_.size() == end_ - begin_; }
  std::span<const std::byte> bytes() const { return buffer_; }
  std::span<const std::byte> first_block() const { return bytes().first(alignment_); }
  std::span<const std::byte> last_block() const { return bytes().last(alignment_); }

 private:
  std::uint32_t alignment_;
  std::uint64_t head_, tail_;  // bytes
  std::uint64_t begin_, end_;
  std::vector<std::byte> buffer_;
};

}  // namespace simcheck::drivers
