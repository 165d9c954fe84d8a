// The fix of January 2024: the whole entry's place is computed and reserved before the first yield.
//
// The superblock step is as before: it goes by the current number of entries, and updates may
// overtake one another.
#include "drivers/generations.hpp"

namespace simcheck::drivers {
namespace {

using sim::IoStatus;

class Fixed final : public LogWrites {
 public:
  using LogWrites::LogWrites;

 private:
  IoStatus log_request(const LogRequest& request) override {
    const std::uint64_t entry = cur_log_sector_;
    ++nr_entries_;
    cur_log_sector_ += request.sectors();
    announce_entry(entry, request);
    announce_zeroes(entry + request.header_sectors, request);

    const IoStatus status = write_entry(entry, request);  // yields
    if (status != IoStatus::kOk) return status;

    if (request.is_flush() || nr_entries_ % update_interval_ == 0) {
      return write_superblock(nr_entries_);  // yields
    }
    return IoStatus::kOk;
  }
};

}  // namespace

sim::BlockDevice& make_fixed(sim::World& world, sim::BlockDevice& data, sim::BlockDevice& log,
                             const LogWritesOptions& options) {
  return world.make<Fixed>(world, data, log, options);
}

}  // namespace simcheck::drivers
