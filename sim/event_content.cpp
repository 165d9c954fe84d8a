#include "sim/event_content.hpp"

#include <algorithm>
#include <cstring>

#include "sim/event_disk.hpp"

namespace simcheck::sim {
namespace {

bool all_equal(const std::byte* bytes, std::uint64_t length, std::byte fill) {
  return std::all_of(bytes, bytes + length, [fill](std::byte b) { return b == fill; });
}

// FNV-1a, 64 bits (Fowler, Noll, Vo; draft-eastlake-fnv).
constexpr std::uint64_t kFnvOffset = 0xcbf29ce484222325;

std::uint64_t add_to_checksum(std::uint64_t sum, const Chunk& chunk) {
  for (std::uint64_t i = 0; i < chunk.length; ++i) {
    const std::byte byte = chunk.bytes != nullptr ? chunk.bytes[i] : chunk.fill;
    sum = (sum ^ std::to_integer<std::uint64_t>(byte)) * 0x100000001b3;
  }
  return sum;
}

// Equal first `length` bytes of two chunks?
bool same_bytes(const Chunk& a, const Chunk& b, std::uint64_t length) {
  if (a.bytes == nullptr && b.bytes == nullptr) return a.fill == b.fill;
  if (a.bytes == nullptr) return all_equal(b.bytes, length, a.fill);
  if (b.bytes == nullptr) return all_equal(a.bytes, length, b.fill);
  return std::memcmp(a.bytes, b.bytes, length) == 0;
}

}  // namespace

DiskRecord ContentView::record() const { return {}; }

void read_content(const ContentView& view, std::uint64_t offset, std::span<std::byte> into) {
  while (!into.empty()) {
    if (offset >= view.size()) {
      std::ranges::fill(into, std::byte{0});
      return;
    }
    const Chunk run = view.run_at(offset, into.size());
    if (run.bytes != nullptr) {
      std::memcpy(into.data(), run.bytes, run.length);
    } else {
      std::memset(into.data(), std::to_integer<int>(run.fill), run.length);
    }
    into = into.subspan(run.length);
    offset += run.length;
  }
}

bool same_content(const ContentView& a, std::uint64_t a_offset, const ContentView& b,
                  std::uint64_t b_offset, std::uint64_t length) {
  while (length > 0) {
    const Chunk run_a = a.run_at(a_offset, length);
    const Chunk run_b = b.run_at(b_offset, run_a.length);
    if (!same_bytes(run_a, run_b, run_b.length)) return false;
    a_offset += run_b.length;
    b_offset += run_b.length;
    length -= run_b.length;
  }
  return true;
}

std::uint64_t checksum_of(const ContentView& view, std::uint64_t offset, std::uint64_t length) {
  std::uint64_t sum = kFnvOffset;
  while (length > 0) {
    const Chunk run = view.run_at(offset, length);
    sum = add_to_checksum(sum, run);
    offset += run.length;
    length -= run.length;
  }
  return sum;
}

std::uint64_t checksum_of(const Payload& data) {
  std::uint64_t sum = kFnvOffset;
  for (const Chunk& chunk : data.chunks()) sum = add_to_checksum(sum, chunk);
  return sum;
}

bool holds(const ContentView& view, std::uint64_t offset, Chunk chunk) {
  while (chunk.length > 0) {
    const Chunk run = view.run_at(offset, chunk.length);
    if (!same_bytes(run, chunk, run.length)) return false;
    offset += run.length;
    chunk = part_of(chunk, run.length, chunk.length - run.length);
  }
  return true;
}

}  // namespace simcheck::sim
