// `serialized`, changed until the log survives power cuts and I/O errors. Each change is needed;
// taking out any one breaks the property that is named with it.
//
//   kReset           The first request writes a superblock that counts nothing, and flushes it.
//                    Otherwise, over an older log, the old count is followed into new entries
//                    (crash-parses).
//   kCompletePrefix  The superblock counts the entries up to the first that is not wholly written,
//                    not those reserved (super-covers-complete).
//   kBarrier         Before it is written, the log is flushed: else it may reach the medium before
//                    the entries that it counts (crash-parses).
//   kFlushWaits      A flush returns only when a durable superblock counts it, whoever wrote that
//                    (flush-durable); `serialized` returns early.
//   kInOrder         A request returns when all entries before its own are written: they are on a
//                    reader's way to it. One that could not be written is a hole that no reader
//                    gets past, so every request behind it fails (survives-io-error).
//   kFlushFirst      While a flush is on the data device no entry is placed: what completes
//                    meanwhile is not covered by it, and lies behind it (flush-covers-issued-only).
//   kOnlyDone        What the data device refused is not logged (failed-not-logged).
//
// What it costs: a second flush of the log for each superblock; one superblock and one flush when a
// log is opened; a request waits for the slowest log write before its own, and for flushes of the
// data device; after one error the log is over. What no driver can do with this format, which has
// no checksums: notice lost flushes, misdirected writes and rotten sectors. That a FUA write gets a
// FLUSH into the log is the block layer's affair (fua-recorded).
#include "drivers/crash_safe.hpp"

#include <algorithm>
#include <mutex>

#include "drivers/generations.hpp"

namespace simcheck::drivers {
namespace {

using sim::IoStatus;
using sim::WaitQueue;
using Part = CrashSafePart;

class CrashSafe final : public LogWrites {
 public:
  CrashSafe(std::uint32_t left_out, sim::World& world, sim::BlockDevice& data,
            sim::BlockDevice& log, const LogWritesOptions& options)
      : LogWrites(world, data, log, options),
        left_out_(left_out),
        mutex_(world, "log mutex"),
        open_(world, "open", options.append),
        placing_(world, "placing", false),
        written_(world, "written", nr_entries_.peek()),
        failed_at_(world, "failed_at", UINT64_MAX),
        updating_(world, "updating", false),
        durable_(world, "durable", nr_entries_.peek()),
        place_queue_(world, "place_queue"),
        order_queue_(world, "order_queue"),
        update_queue_(world, "update_queue") {}

 private:
  using Lock = std::unique_lock<sim::Mutex>;

  bool has(Part part) const { return (left_out_ & bit_of(part)) == 0; }

  IoStatus flush_data() override {
    if (!has(Part::kFlushFirst)) return LogWrites::flush_data();
    begin_placing();  // until its entry is placed, or finish() sees that there is none
    return LogWrites::flush_data();  // yields
  }

  IoStatus finish(IoStatus data_status, const LogRequest& request) override {
    const bool is_placing = request.is_flush() && has(Part::kFlushFirst);
    if (data_status != IoStatus::kOk && has(Part::kOnlyDone)) {
      if (is_placing) end_placing();
      return data_status;
    }
    if (!is_placing) begin_placing();
    return LogWrites::finish(data_status, request);
  }

  // One request at a time fixes a place in the log, or holds the next one for its flush.
  void begin_placing() {
    const Lock lock(mutex_);
    // In front after the first time, so that later requests cannot starve this one.
    auto position = WaitQueue::Position::kBack;
    while (placing_) {
      place_queue_.wait(position, &mutex_);  // yields
      position = WaitQueue::Position::kFront;
    }
    placing_ = true;
  }

  void end_placing() {
    const Lock lock(mutex_);
    placing_ = false;
    place_queue_.wake_one();
  }

  IoStatus log_request(const LogRequest& request) override {
    const IoStatus opened = open_log();  // yields the first time
    if (opened != IoStatus::kOk) {
      end_placing();
      return opened;
    }
    mutex_.lock();
    const std::uint64_t entry = cur_log_sector_;
    const std::uint64_t seq = ++nr_entries_;
    cur_log_sector_ += request.sectors();
    announce_entry(entry, request);
    announce_zeroes(entry + request.header_sectors, request);
    mutex_.unlock();
    end_placing();

    const IoStatus status = end_of_writing(seq, write_entry(entry, request));  // yields
    if (status != IoStatus::kOk) return status;
    if (request.is_flush() || seq % update_interval_ == 0) return count_durably(seq);
    return IoStatus::kOk;
  }

  // Only whoever places comes here.
  IoStatus open_log() {
    if (!has(Part::kReset)) return IoStatus::kOk;
    mutex_.lock();
    const bool open = open_;
    mutex_.unlock();
    if (open) return IoStatus::kOk;
    const IoStatus status = write_superblock(0);  // yields
    const Lock lock(mutex_);
    open_ = status == IoStatus::kOk;
    return status;
  }

  // Notes that the entry is written, or that it never will be, once all before it are.
  IoStatus end_of_writing(std::uint64_t seq, IoStatus status) {
    const Lock lock(mutex_);
    if (status != IoStatus::kOk) {
      failed_at_ = std::min<std::uint64_t>(failed_at_, seq);
      order_queue_.wake_all();
      return status;
    }
    while (has(Part::kInOrder) && written_ + 1 < seq) {
      if (failed_at_ < seq) return IoStatus::kIoError;
      order_queue_.wait(WaitQueue::Position::kBack, &mutex_);  // yields
    }
    written_ = std::max<std::uint64_t>(written_, seq);
    order_queue_.wake_all();
    return IoStatus::kOk;
  }

  // Returns when a durable superblock counts the entry. One update is in progress at a time.
  IoStatus count_durably(std::uint64_t seq) {
    Lock lock(mutex_);
    while (durable_ < seq) {
      if (updating_) {
        if (!has(Part::kFlushWaits)) return IoStatus::kOk;
        update_queue_.wait(WaitQueue::Position::kBack, &mutex_);  // yields
        continue;
      }
      updating_ = true;
      const std::uint64_t count = has(Part::kCompletePrefix) ? written_ : nr_entries_;
      lock.unlock();
      IoStatus status = has(Part::kBarrier) ? flush_log() : IoStatus::kOk;  // yields
      if (status == IoStatus::kOk) status = write_superblock(count);        // yields
      lock.lock();
      updating_ = false;
      if (status == IoStatus::kOk) durable_ = count;
      update_queue_.wake_all();
      if (status != IoStatus::kOk) return status;
    }
    return IoStatus::kOk;
  }

  const std::uint32_t left_out_;
  sim::Mutex mutex_;
  sim::Shared<bool> open_;                // the superblock counts this log
  sim::Shared<bool> placing_;             // a request fixes a place, or flushes the data device
  sim::Shared<std::uint64_t> written_;    // entries from the first on, all wholly written
  sim::Shared<std::uint64_t> failed_at_;  // the first entry that could not be written
  sim::Shared<bool> updating_;            // a superblock is on its way
  sim::Shared<std::uint64_t> durable_;    // entries that the durable superblock counts
  WaitQueue place_queue_, order_queue_, update_queue_;  // for placing_, written_, updating_
};

}  // namespace

sim::BlockDevice& make_crash_safe_without(std::uint32_t left_out, sim::World& world,
                                          sim::BlockDevice& data, sim::BlockDevice& log,
                                          const LogWritesOptions& options) {
  return world.make<CrashSafe>(left_out, world, data, log, options);
}

sim::BlockDevice& make_crash_safe(sim::World& world, sim::BlockDevice& data, sim::BlockDevice& log,
                                  const LogWritesOptions& options) {
  return make_crash_safe_without(0, world, data, log, options);
}

}  // namespace simcheck::drivers
