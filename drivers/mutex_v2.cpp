// The second try: one superblock update at a time, as in serialized.cpp. Posted, not merged.
//
// The waiter waits on a thread's condition variable instead of a coroutine queue. That stops the
// whole event loop, and with it the coroutine whose update it waits for: deadlock.
#include "drivers/generations.hpp"

namespace simcheck::drivers {
namespace {

using sim::IoStatus;

class MutexV2 final : public LogWrites {
 public:
  MutexV2(sim::World& world, sim::BlockDevice& data, sim::BlockDevice& log,
          const LogWritesOptions& options)
      : LogWrites(world, data, log, options),
        mutex_(world, "log mutex"),
        super_update_seq_(world, "super_update_seq", 0),
        super_updated_(world, "super_updated") {}

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
    while (const std::uint64_t in_progress = super_update_seq_) {
      if (seq < in_progress) {
        mutex_.unlock();
        return IoStatus::kOk;
      }
      super_updated_.wait(mutex_);  // the bug: stops the thread that would have to notify
    }
    super_update_seq_ = seq;
    const std::uint64_t counted = nr_entries_;
    mutex_.unlock();

    const IoStatus status = write_superblock(counted);  // yields

    mutex_.lock();
    super_update_seq_ = 0;
    super_updated_.notify_one();
    mutex_.unlock();
    return status;
  }

  sim::Mutex mutex_;
  sim::Shared<std::uint64_t> super_update_seq_;  // whose update is in progress; 0: nobody's
  sim::CondVar super_updated_;
};

}  // namespace

sim::BlockDevice& make_mutex_v2(sim::World& world, sim::BlockDevice& data, sim::BlockDevice& log,
                                const LogWritesOptions& options) {
  return world.make<MutexV2>(world, data, log, options);
}

}  // namespace simcheck::drivers
