// A replay target in memory that can be full, broken, or unable to discard.
#pragma once

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <vector>

#include "logs/replay_target.hpp"

namespace simcheck::test {

class MemoryTarget final : public logs::ReplayTarget {
 public:
  explicit MemoryTarget(std::size_t bytes, std::uint8_t fill = 0)
      : content(bytes, std::byte{fill}) {}

  std::uint64_t size() const override { return content.size(); }

  logs::Written write(std::uint64_t offset,
                      std::span<const std::span<const std::byte>> pieces) override {
    ++writes;
    logs::Written done;
    for (const auto& piece : pieces) {
      const std::uint64_t bytes = std::min<std::uint64_t>(piece.size(), room);
      room -= bytes;
      std::copy_n(piece.begin(), bytes,
                  content.begin() + static_cast<std::ptrdiff_t>(offset + done.bytes));
      done.bytes += bytes;
      if (bytes < piece.size()) return {done.bytes, ENOSPC};
    }
    return done;
  }
  int zero(std::uint64_t offset, std::uint64_t bytes) override {
    zeroed += bytes;
    std::fill_n(content.begin() + static_cast<std::ptrdiff_t>(offset), bytes, std::byte{0});
    return zero_error;
  }
  int discard(std::uint64_t offset, std::uint64_t bytes) override {
    if (!can_discard) return ENOTSUP;
    discarded += bytes;
    std::fill_n(content.begin() + static_cast<std::ptrdiff_t>(offset), bytes, kDiscarded);
    return 0;
  }
  int sync() override { return sync_error; }

  static constexpr std::byte kDiscarded{0xdd};  // what discarded bytes read as

  std::vector<std::byte> content;
  std::uint64_t room = UINT64_MAX;  // bytes until it is full
  bool can_discard = true;
  int zero_error = 0;
  int sync_error = 0;
  std::uint64_t writes = 0, zeroed = 0, discarded = 0;
};

}  // namespace simcheck::test
