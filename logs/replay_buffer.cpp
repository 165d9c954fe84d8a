#include "logs/replay_buffer.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

namespace simcheck::logs {
namespace {

// Stays in the processor's cache between the read and the write.
constexpr std::size_t kBufferBytes = 256 * 1024;

}  // namespace

BufferedSource::BufferedSource(const ByteSource& source, std::function<void()> before_refill)
    : source_(source), before_refill_(std::move(before_refill)), buffer_(kBufferBytes) {}

bool BufferedSource::refill(std::uint64_t offset) const {
  before_refill_();
  begin_ = offset;
  bytes_ = std::min<std::uint64_t>(buffer_.size(), size() - offset);
  if (source_.read(offset, std::span(buffer_).first(static_cast<std::size_t>(bytes_)))) return true;
  bytes_ = 0;
  return false;
}

bool BufferedSource::read(std::uint64_t offset, std::span<std::byte> to) const {
  // Who scans a gigabyte of zeroes shall not push out what lies at hand.
  if (to.size() >= buffer_.size() / 4) return source_.read(offset, to);
  if (!holds(offset, to.size())) {
    if (!reads_ahead_) return source_.read(offset, to);
    if (!refill(offset)) return false;
  }
  if (!to.empty()) std::memcpy(to.data(), buffer_.data() + (offset - begin_), to.size());
  return true;
}

std::span<const std::byte> BufferedSource::view(std::uint64_t offset, std::uint64_t limit) const {
  const std::uint64_t whole = std::min<std::uint64_t>({limit, buffer_.size(), size() - offset});
  if (!holds(offset, whole) && !refill(offset)) return {};
  return std::span<const std::byte>(buffer_).subspan(static_cast<std::size_t>(offset - begin_),
                                                     static_cast<std::size_t>(whole));
}

}  // namespace simcheck::logs
