#include "drivers/block_layer.hpp"

#include <bit>
#include <utility>

#include "drivers/padding.hpp"

namespace simcheck::drivers {

using sim::IoFlags;
using sim::IoStatus;
using Kind = TrackedRequests::Kind;

BlockLayer::BlockLayer(sim::World& world, sim::BlockDevice& driver, sim::BlockDevice& data,
                       sim::BlockDevice& log, const BlockLayerOptions& options)
    : world_(world),
      driver_(driver, options.detect_zeroes),
      data_(data),
      log_(log),
      alignment_(options.alignment),
      requests_(world),
      requests_lock_(world, "requests lock"),
      writes_finished_object_(world.add_object("writes finished")),
      writes_flushed_(world, "writes flushed", 0),
      flush_active_(world, "flush active", false),
      flush_queue_(world, "flush queue") {
  SIMCHECK_ASSERT(std::has_single_bit(alignment_), "alignment is a power of two");
}

bool BlockLayer::is_aligned(std::uint64_t offset, std::uint64_t length) const {
  return ((offset | length) & (alignment_ - 1)) == 0;
}

// -- Requests ------------------------------------------------------------------------------------

IoStatus BlockLayer::do_read(std::uint64_t offset, std::span<std::byte> into) {
  TrackedRequests::Request request(requests_, Kind::kPlain, offset, offset + into.size());
  request.wait_for_overlapping();
  return driver_.read(offset, into);
}

IoStatus BlockLayer::do_write(std::uint64_t offset, const sim::Payload& data, IoFlags flags) {
  const std::uint64_t length = data.length();
  if (!is_aligned(offset, length)) return padded_write(offset, data, flags);
  TrackedRequests::Request request(requests_, Kind::kPlain, offset, offset + length);
  request.wait_for_overlapping();
  return aligned_write(offset, data, flags);
}

IoStatus BlockLayer::do_write_zeroes(std::uint64_t offset, std::uint64_t length, IoFlags flags) {
  if (!is_aligned(offset, length)) return padded_zeroes(offset, length, flags);
  TrackedRequests::Request request(requests_, Kind::kPlain, offset, offset + length);
  request.wait_for_overlapping();
  return aligned_zeroes(offset, length, flags);
}

IoStatus BlockLayer::do_discard(std::uint64_t offset, std::uint64_t length) {
  TrackedRequests::Request request(requests_, Kind::kPlain, offset, offset + length);
  request.wait_for_overlapping();
  return finish_write(driver_.discard(offset, length), false);
}

IoStatus BlockLayer::aligned_write(std::uint64_t offset, const sim::Payload& data, IoFlags flags) {
  const bool fua = std::exchange(flags.fua, false);
  return finish_write(driver_.write(offset, data, flags), fua);
}

IoStatus BlockLayer::aligned_zeroes(std::uint64_t offset, std::uint64_t length, IoFlags flags) {
  const bool fua = std::exchange(flags.fua, false);
  return finish_write(driver_.write_zeroes(offset, length, flags), fua);
}

// The flush that stands for FUA comes before the count: it does not see its own write.
IoStatus BlockLayer::finish_write(IoStatus status, bool fua) {
  if (status == IoStatus::kOk && fua) status = flush();
  world_.preempt();
  world_.touch(writes_finished_object_, sim::AccessMode::kAdd);
  ++writes_finished_;
  return status;
}

// -- Padding -------------------------------------------------------------------------------------

IoStatus BlockLayer::padded_write(std::uint64_t offset, const sim::Payload& data, IoFlags flags) {
  if (data.length() == 0) return IoStatus::kOk;
  Padding padding(offset, data.length(), alignment_);
  TrackedRequests::Request request(requests_, Kind::kSerialising, padding.begin(), padding.end());
  request.wait_for_overlapping();
  const IoStatus status = padding.read(driver_);
  if (status != IoStatus::kOk) return status;
  sim::Payload padded;
  padded.append(padding.head()).append(data).append(padding.tail());
  return aligned_write(padding.begin(), padded, flags);
}

// The padded ends are ordinary writes of one block, and only what lies between stays write-zeroes:
// up to three requests, each counted, and flushed if FUA, on its own.
IoStatus BlockLayer::padded_zeroes(std::uint64_t offset, std::uint64_t length, IoFlags flags) {
  if (length == 0) return IoStatus::kOk;
  Padding padding(offset, length, alignment_);
  TrackedRequests::Request request(requests_, Kind::kSerialising, padding.begin(), padding.end());
  request.wait_for_overlapping();
  IoStatus status = padding.read(driver_);
  if (status != IoStatus::kOk) return status;
  padding.zero_middle();
  if (padding.has_all()) {
    return aligned_write(padding.begin(), sim::Payload::of(padding.bytes()), flags);
  }

  std::uint64_t begin = padding.begin();
  std::uint64_t end = padding.end();
  if (!padding.head().empty()) {
    status = aligned_write(begin, sim::Payload::of(padding.first_block()), flags);
    begin += alignment_;
  }
  if (!padding.tail().empty()) end -= alignment_;
  if (status == IoStatus::kOk && begin < end) status = aligned_zeroes(begin, end - begin, flags);
  if (status == IoStatus::kOk && !padding.tail().empty()) {
    status = aligned_write(end, sim::Payload::of(padding.last_block()), flags);
  }
  return status;
}

// -- Flush ---------------------------------------------------------------------------------------

IoStatus BlockLayer::do_flush() {
  requests_lock_.lock();
  world_.preempt();
  world_.touch(writes_finished_object_, sim::AccessMode::kRead);
  const std::uint64_t finished = writes_finished_;
  while (flush_active_) flush_queue_.wait(sim::WaitQueue::Position::kBack, &requests_lock_);
  flush_active_ = true;
  requests_lock_.unlock();

  IoStatus status = IoStatus::kOk;
  if (writes_flushed_ != finished) status = driver_.flush();
  if (status == IoStatus::kOk) status = flush_children();
  if (status == IoStatus::kOk) writes_flushed_ = finished;

  requests_lock_.lock();
  flush_active_ = false;
  flush_queue_.wake_one();
  requests_lock_.unlock();
  return status;
}

// Both, in QEMU's order (the child opened last comes first); the first error counts.
IoStatus BlockLayer::flush_children() {
  const IoStatus log_status = log_.flush();
  const IoStatus data_status = data_.flush();
  return log_status != IoStatus::kOk ? log_status : data_status;
}

}  // namespace simcheck::drivers
