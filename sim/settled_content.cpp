#include "sim/settled_content.hpp"

#include <algorithm>
#include <cstring>

namespace simcheck::sim {
namespace {

bool is_zero_fill(const Chunk& chunk) {
  return chunk.bytes == nullptr && chunk.fill == std::byte{0};
}

}  // namespace

void SettledContent::Block::put(std::uint64_t at, const Chunk& chunk) {
  if (chunk.bytes == nullptr && chunk.length == kBlockBytes) {
    bytes.reset();
    fill = chunk.fill;
    return;
  }
  if (bytes == nullptr) {
    bytes.reset(new std::byte[kBlockBytes]);
    std::fill_n(bytes.get(), kBlockBytes, fill);
  }
  if (chunk.bytes != nullptr) {
    std::memcpy(bytes.get() + at, chunk.bytes, chunk.length);
  } else {
    std::fill_n(bytes.get() + at, chunk.length, chunk.fill);
  }
}

void SettledContent::put(std::uint64_t begin, const Chunk& chunk) {
  end_ = std::max(end_, begin + chunk.length);
  Chunk rest = chunk;
  while (rest.length > 0) {
    const std::uint64_t at = begin % kBlockBytes;
    Chunk part = rest;
    part.length = std::min(rest.length, kBlockBytes - at);
    if (is_zero_fill(rest) && at == 0 && rest.length >= kBlockBytes) {
      part.length = rest.length / kBlockBytes * kBlockBytes;
      put_zero_blocks(begin / kBlockBytes, (begin + part.length) / kBlockBytes);
    } else {
      blocks_[begin / kBlockBytes].put(at, part);
    }
    begin += part.length;
    rest.length -= part.length;
    if (rest.bytes != nullptr) rest.bytes += part.length;
  }
}

// There may be more blocks in the range than there are in all.
void SettledContent::put_zero_blocks(std::uint64_t begin, std::uint64_t end) {
  if (end - begin < blocks_.size()) {
    for (std::uint64_t block = begin; block < end; ++block) blocks_.erase(block);
  } else {
    std::erase_if(blocks_, [begin, end](const auto& entry) {
      return begin <= entry.first && entry.first < end;
    });
  }
}

Chunk SettledContent::run_at(std::uint64_t offset, std::uint64_t length_max) const {
  const std::uint64_t at = offset % kBlockBytes;
  const std::uint64_t length = std::min(length_max, kBlockBytes - at);
  const auto found = blocks_.find(offset / kBlockBytes);
  if (found == blocks_.end()) return {nullptr, length, std::byte{0}};
  const Block& block = found->second;
  if (block.bytes == nullptr) return {nullptr, length, block.fill};
  return {block.bytes.get() + at, length, std::byte{0}};
}

}  // namespace simcheck::sim
