#include "sim/payload.hpp"

#include <algorithm>

namespace simcheck::sim {

bool Payload::is_zero() const {
  return std::ranges::all_of(chunks(), [](const Chunk& chunk) {
    if (chunk.bytes == nullptr) return chunk.fill == std::byte{0};
    return std::all_of(chunk.bytes, chunk.bytes + chunk.length,
                       [](std::byte b) { return b == std::byte{0}; });
  });
}

}  // namespace simcheck::sim
