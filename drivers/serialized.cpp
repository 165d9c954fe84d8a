// The driver as merged in QEMU 9.0: at most one superblock update is in progress.
//
// A request that finds another's update in progress waits in a coroutine queue for its turn, or,
// if the update is that of a later entry, leaves the work to it. It then returns before that update
// is written: a flush may be acknowledged too early.
#include "drivers/generations.hpp"

namespace simcheck::drivers {
namespace {

using sim::IoStatus;
using sim::WaitQueue;

class Serialized final : public LogWrites {
 public:
  Serialized(sim::World& world, sim::BlockDevice& data, sim::BlockDevice& log,
             const LogWritesOptions& options)
      : LogWrites(world, data, log, options),
        mutex_(world, "log mutex"),
        super_update_seq_(world, "super_update_seq", 0),
        super_update_queue_(world, "super_update_queue") {}

 private:
  IoStatus log_request(const LogRequest& request) override {
    mutex_.lock();
    const std::uint64_t entry = cur_log_sector_;
    const std::uint64_t seq = ++nr_entries_;
    cur_log_sector_ += request.sectors();
    announce_entry(entry, request);
    announce_zeroes(entry + request.header_sectors, request);
    mutex_.unlock();

    const IoStatus status = write_entry(entry, request);  // yields
    if (status != IoStatus::kOk) return status;

    if (request.is_flush() || seq % update_interval_ == 0) return update_superblock(seq);
    return IoStatus::kOk;
  }

  IoStatus update_superblock(std::uint64_t seq) {
    mutex_.lock();
    // In front after the first time, so that later requests cannot starve this one.
    auto position = WaitQueue::Position::kBack;
    while (const std::uint64_t in_progress = super_update_seq_) {
      if (seq < in_progress) {
        mutex_.unlock();
        return IoStatus::kOk;  // the bug: that update may still be in flight
      }
      super_update_queue_.wait(position, &mutex_);  // yields
      position = WaitQueue::Position::kFront;
    }
    super_update_seq_ = seq;
    const std::uint64_t counted = nr_entries_;
    mutex_.unlock();

    const IoStatus status = write_superblock(counted);  // yields

    mutex_.lock();
    super_update_seq_ = 0;
    super_update_queue_.wake_one();
    mutex_.unlock();
    return status;
  }

  sim::Mutex mutex_;
  sim::Shared<std::uint64_t> super_update_seq_;  // whose update is in progress; 0: nobody's
  WaitQueue super_update_queue_;
};

}  // namespace

sim::BlockDevice& make_serialized(sim::World& world, sim::BlockDevice& data, sim::BlockDevice& log,
                                  const LogWritesOptions& options) {
  return world.make<Serialized>(world, data, log, options);
}

}  // namespace simcheck::drivers
