// The driver as it was before January 2024, with the race this project began with.
//
// A write-zeroes is logged in two parts, header and zeroes, with a yield between them. Only the
// header's sector is reserved before the yield. A request that runs meanwhile takes the sector
// right behind the header, and the zeroes go wherever the log has grown to: a reader, who expects
// them behind the header, skips the other request's entry and reads its data as headers.
#include "drivers/generations.hpp"

namespace simcheck::drivers {
namespace {

using sim::IoStatus;

class Buggy final : public LogWrites {
 public:
  using LogWrites::LogWrites;

 private:
  IoStatus log_request(const LogRequest& request) override {
    const std::uint64_t entry = cur_log_sector_;
    ++nr_entries_;
    cur_log_sector_ += request.header_sectors;  // the bug: without the zeroes' sectors ...
    announce_entry(entry, request);

    IoStatus status = write_header(entry, request);  // ... which others can take during this yield
    if (status != IoStatus::kOk) return status;

    if (request.zero_sectors != 0) {
      const std::uint64_t zeroes = cur_log_sector_;  // ... so that this may be anywhere
      cur_log_sector_ += request.zero_sectors;
      announce_zeroes(zeroes, request);
      status = write_zeroes_at(zeroes, request);  // yields
      if (status != IoStatus::kOk) return status;
    }

    if (request.is_flush() || nr_entries_ % update_interval_ == 0) {
      return write_superblock(nr_entries_);  // yields
    }
    return IoStatus::kOk;
  }
};

}  // namespace

sim::BlockDevice& make_buggy(sim::World& world, sim::BlockDevice& data, sim::BlockDevice& log,
                             const LogWritesOptions& options) {
  return world.make<Buggy>(world, data, log, options);
}

}  // namespace simcheck::drivers
