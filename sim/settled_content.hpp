// What a disk holds of a past that is over, block by block, found by hashing. For long simulations;
// the versions of a disk are a list that is walked, which suits short executions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <unordered_map>

#include "sim/event_content.hpp"

namespace simcheck::sim {

class SettledContent final : public ContentView {
 public:
  explicit SettledContent(std::uint64_t size) : size_(size) {}

  /// Copies the chunk there, over what is there. A block of zeroes takes no memory, one of another
  /// byte repeated little.
  void put(std::uint64_t begin, const Chunk& chunk);

  Chunk run_at(std::uint64_t offset, std::uint64_t length_max) const override;
  std::uint64_t size() const override { return size_; }
  /// The end of the last byte ever put there, zeroes too.
  std::uint64_t end_of_content() const { return end_; }

 private:
  static constexpr std::uint64_t kBlockBytes = 4096;

  // `fill` repeated, unless there are bytes.
  struct Block {
    std::byte fill{0};
    std::unique_ptr<std::byte[]> bytes{};

    void put(std::uint64_t at, const Chunk& chunk);
  };

  void put_zero_blocks(std::uint64_t begin, std::uint64_t end);

  std::uint64_t size_;
  std::uint64_t end_ = 0;
  std::unordered_map<std::uint64_t, Block> blocks_;  // by number; those left out are zero
};

}  // namespace simcheck::sim
