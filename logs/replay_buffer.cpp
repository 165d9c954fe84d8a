#include "logs/replay_buffer.hpp"

#include <algorithm>
#include <utility>

namespace simcheck::logs {
namespace {

constexpr std::uint64_t kReplayWindowBytes = 1024 * 1024;
// What is copied there stays in the processor's cache between the read and the write.
constexpr std::uint64_t kBufferBytes = 256 * 1024;

}  // namespace

BufferedSource::BufferedSource(const ByteSource& source, std::function<void()> before_refill)
    : source_(source), before_refill_(std::move(before_refill)) {}

bool BufferedSource::refill(std::uint64_t offset) const {
  before_refill_();
  begin_ = offset;
  const auto at_most = [&](std::uint64_t bytes) {
    return static_cast<std::size_t>(std::min(bytes, size() - offset));
  };
  const std::size_t bytes = at_most(kReplayWindowBytes);
  mapping_ = source_.map(offset, bytes);
  if (mapping_.holds(offset, bytes)) {
    window_ = mapping_.at(offset, bytes);
    return true;
  }
  buffer_.resize(kBufferBytes);
  const std::span<std::byte> room = std::span(buffer_).first(at_most(kBufferBytes));
  const bool done = source_.read(offset, room);
  window_ = done ? room : std::span<std::byte>();
  return done;
}

bool BufferedSource::read(std::uint64_t offset, std::span<std::byte> to) const {
  // Who scans a gigabyte of zeroes shall not push out what lies at hand.
  if (to.size() >= kBufferBytes / 4) return source_.read(offset, to);
  if (!holds(offset, to.size())) {
    if (!reads_ahead_) return source_.read(offset, to);
    if (!refill(offset)) return false;
  }
  return copy_mapped(window_.subspan(static_cast<std::size_t>(offset - begin_), to.size()), to);
}

std::span<const std::byte> BufferedSource::view(std::uint64_t offset, std::uint64_t limit) const {
  const std::uint64_t whole = std::min<std::uint64_t>({limit, kBufferBytes, size() - offset});
  if (!holds(offset, whole) && !refill(offset)) return {};
  return window_.subspan(static_cast<std::size_t>(offset - begin_),
                         static_cast<std::size_t>(whole));
}

}  // namespace simcheck::logs
