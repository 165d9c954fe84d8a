// The first try at making the fixed driver fit for several threads: posted, not merged.
//
// A mutex orders the accesses to the driver's state, and the update interval is tested on the
// request's own number. The superblock writes themselves still overtake one another.
#include "drivers/generations.hpp"

namespace simcheck::drivers {
namespace {

using sim::IoStatus;

class MutexV1 final : public LogWrites {
 public:
  MutexV1(sim::World& world, sim::BlockDevice& data, sim::BlockDevice& log,
          const LogWritesOptions& options)
      : LogWrites(world, data, log, options), mutex_(world, "log mutex") {}

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

    if (request.is_flush() || seq % update_interval_ == 0) return update_superblock();
    return IoStatus::kOk;
  }

  IoStatus update_superblock() {
    mutex_.lock();
    const std::uint64_t counted = nr_entries_;
    mutex_.unlock();
    return write_superblock(counted);  // yields; the bug: a later count can overtake
  }

  sim::Mutex mutex_;
};

}  // namespace

sim::BlockDevice& make_mutex_v1(sim::World& world, sim::BlockDevice& data, sim::BlockDevice& log,
                                const LogWritesOptions& options) {
  return world.make<MutexV1>(world, data, log, options);
}

}  // namespace simcheck::drivers
