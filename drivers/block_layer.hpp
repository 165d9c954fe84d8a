// The part of QEMU's block layer that shapes what the log-writes driver gets to see. It stands on
// top of a driver, as a device of its own:
//   - a write or write-zeroes that is not aligned is padded to whole blocks by read-modify-write,
//     and ordered against everything it overlaps (tracked_requests.hpp);
//   - detect-zeroes (detect_zeroes.hpp), after the padding;
//   - FUA does not go down: after such a write a flush is issued, before the write counts;
//   - flushes go one at a time, and one reaches the driver only if a write-class request finished
//     since the last successful one; both children are flushed either way.
//
// Left out: reads are not padded, and the children skip no flush of their own.
#pragma once

#include <cstdint>

#include "drivers/detect_zeroes.hpp"
#include "drivers/tracked_requests.hpp"
#include "sim/sim.hpp"

namespace simcheck::drivers {

struct BlockLayerOptions {
  std::uint32_t alignment = 512;  ///< bytes; the log's sector size for log-writes
  DetectZeroesMode detect_zeroes = DetectZeroesMode::kOff;
};

/// A payload may have at most sim::Payload::kChunksMax - 4 chunks: padding and logging add four.
class BlockLayer final : public sim::BlockDevice {
 public:
  /// `data` and `log` are the driver's children. All three must outlive this.
  BlockLayer(sim::World& world, sim::BlockDevice& driver, sim::BlockDevice& data,
             sim::BlockDevice& log, const BlockLayerOptions& options);

  sim::IoStatus do_read(std::uint64_t offset, std::span<std::byte> into) override;
  sim::IoStatus do_write(std::uint64_t offset, const sim::Payload& data,
                         sim::IoFlags flags) override;
  sim::IoStatus do_write_zeroes(std::uint64_t offset, std::uint64_t length,
                                sim::IoFlags flags) override;
  /// Not padded: the driver must cope with any alignment, and log-writes does not.
  sim::IoStatus do_discard(std::uint64_t offset, std::uint64_t length) override;
  sim::IoStatus do_flush() override;
  std::uint64_t size() const override { return driver_.size(); }

 private:
  sim::IoStatus padded_write(std::uint64_t offset, const sim::Payload& data, sim::IoFlags flags);
  sim::IoStatus padded_zeroes(std::uint64_t offset, std::uint64_t length, sim::IoFlags flags);
  sim::IoStatus aligned_write(std::uint64_t offset, const sim::Payload& data, sim::IoFlags flags);
  sim::IoStatus aligned_zeroes(std::uint64_t offset, std::uint64_t length, sim::IoFlags flags);
  sim::IoStatus finish_write(sim::IoStatus status, bool fua);
  sim::IoStatus flush_children();
  bool is_aligned(std::uint64_t offset, std::uint64_t length) const;

  sim::World& world_;
  DetectZeroes driver_;
  sim::BlockDevice& data_;
  sim::BlockDevice& log_;
  const std::uint32_t alignment_;
  TrackedRequests requests_;

  sim::Mutex requests_lock_;  // of what flushes share; with one thread it is always free

  // Write-class requests, failed ones included. Not a Shared: increments commute, which footprints
  // can say (AccessMode::kAdd), and ordering every pair of writes for it would be a waste.
  std::uint64_t writes_finished_ = 0;
  sim::ObjectId writes_finished_object_;
  sim::Shared<std::uint64_t> writes_flushed_;  // writes_finished_ as the last good flush found it
  sim::Shared<bool> flush_active_;
  sim::WaitQueue flush_queue_;
};

}  // namespace simcheck::drivers
