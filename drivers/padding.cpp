#include "drivers/padding.hpp"

#include <algorithm>

namespace simcheck::drivers {

using sim::IoStatus;

Padding::Padding(std::uint64_t offset, std::uint64_t length, std::uint32_t alignment)
    : alignment_(alignment),
      head_(offset % alignment),
      tail_((alignment - (offset + length) % alignment) % alignment),
      begin_(offset - head_),
      end_(offset + length + tail_) {
  const bool two_blocks = end_ - begin_ > alignment && head_ != 0 && tail_ != 0;
  buffer_.resize(two_blocks ? std::size_t{2} * alignment : alignment);
}

IoStatus Padding::read(sim::BlockDevice& device) {
  const std::span<std::byte> buffer(buffer_);
  if (has_all()) return device.read(begin_, buffer);
  IoStatus status = IoStatus::kOk;
  if (head_ != 0) status = device.read(begin_, buffer.first(alignment_));
  if (tail_ != 0 && status == IoStatus::kOk) {
    status = device.read(end_ - alignment_, buffer.last(alignment_));
  }
  return status;
}

void Padding::zero_middle() {
  std::fill(buffer_.begin() + static_cast<std::ptrdiff_t>(head_),
            buffer_.end() - static_cast<std::ptrdiff_t>(tail_), std::byte{0});
}

}  // namespace simcheck::drivers
