// A log with damage planted in it: entries erased or overwritten.
#pragma once

#include <cstdint>
#include <random>

#include "tests/logs/judged.hpp"

namespace simcheck::test {

// `count` writes of `length` sectors, the first at log sector 1, and a flush.
inline logs::ImageWriter log_of_writes(std::uint64_t count, std::uint64_t length = 8) {
  logs::ImageWriter image;
  for (std::uint64_t i = 0; i < count; ++i)
    image.append_write(16 * i, pattern(length * 512, static_cast<std::uint8_t>(i + 1)));
  image.append_flush();
  return image;
}

// Where entry `index` of such a log lies.
inline std::uint64_t sector_of(std::uint64_t index, std::uint64_t length = 8) {
  return 1 + index * (length + 1);
}

// Bytes of no header, as an older file may have left them.
inline void scribble(logs::ImageWriter& image, std::uint64_t sector, std::uint64_t sectors) {
  std::mt19937 random(7);
  for (std::uint64_t at = sector; at < sector + sectors; ++at) {
    std::vector<std::byte> bytes(512);
    for (std::byte& byte : bytes) byte = static_cast<std::byte>(random() | 1);
    image.put_bytes(at * 512, bytes);
  }
}

inline void erase(logs::ImageWriter& image, std::uint64_t sector, std::uint64_t sectors) {
  for (std::uint64_t at = sector; at < sector + sectors; ++at) {
    image.put_header(at, {});
    image.put_bytes(at * 512, pattern(512, 0));
  }
}

}  // namespace simcheck::test
