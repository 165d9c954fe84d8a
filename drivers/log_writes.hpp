// What all generations of the log-writes driver share: a block filter that passes guest I/O to a
// data device and records every write-class request in a log (docs/drivers.md). Where an entry goes
// and when the superblock is written is each generation's own: see buggy.cpp, fixed.cpp, ...
//
// Left out: padding, detect-zeroes and FUA, which are the block layer's (block_layer.hpp). A FUA
// write is logged as a plain write, as in QEMU.
#pragma once

#include <cstdint>

#include "drivers/log_append.hpp"
#include "logs/format.hpp"
#include "sim/sim.hpp"

namespace simcheck::drivers {

struct LogWritesOptions {
  std::uint32_t sector_size = logs::kSectorSizeDefault;  ///< bytes; of the log and its units
  std::uint64_t super_update_interval = 4096;  ///< entries between superblock updates; not 0
  bool append = false;  ///< go on behind the entries that the log has (log_append.hpp)
};

/// One write-class request, as it is to be logged.
struct LogRequest {
  logs::EntryHeader header;
  const sim::Payload* data =
      nullptr;                       ///< a plain write's data: logged in one write with the header
  std::uint64_t header_sectors = 1;  ///< of the write that holds the header, data included
  std::uint64_t zero_sectors = 0;    ///< of a write-zeroes: logged by a second write

  std::uint64_t sectors() const { return header_sectors + zero_sectors; }
  bool is_flush() const { return (header.flags & logs::kFlagFlush) != 0; }
};

/// The driver but for log_request(). Reads pass through. A write-class request is carried out on
/// the data device, then logged whatever came of that; its result is the log's error if there is
/// one, else the data device's. Requests that are not aligned to the log's sectors throw
/// std::invalid_argument: the block layer pads writes, and QEMU's driver asserts.
class LogWrites : public sim::BlockDevice {
 public:
  /// The devices must outlive the driver.
  LogWrites(sim::World& world, sim::BlockDevice& data, sim::BlockDevice& log,
            const LogWritesOptions& options);

  sim::IoStatus do_read(std::uint64_t offset, std::span<std::byte> into) final;
  sim::IoStatus do_write(std::uint64_t offset, const sim::Payload& data, sim::IoFlags flags) final;
  sim::IoStatus do_write_zeroes(std::uint64_t offset, std::uint64_t length,
                                sim::IoFlags flags) final;
  sim::IoStatus do_discard(std::uint64_t offset, std::uint64_t length) final;
  sim::IoStatus do_flush() final;
  std::uint64_t size() const final { return data_.size(); }

 protected:
  /// Puts the request into the log: the one thing that the generations do differently.
  virtual sim::IoStatus log_request(const LogRequest& request) = 0;

  /// Carries out a flush on the data device. Yields.
  virtual sim::IoStatus flush_data();
  /// What becomes of a request once the data device is done with it: it is logged whatever came of
  /// it. The result is that of the log if it failed, else the data device's.
  virtual sim::IoStatus finish(sim::IoStatus data_status, const LogRequest& request);

  /// Tells the checker that the entry's place is now fixed, and with it that of the data which is
  /// written together with the header. Call it in the section that fixes the place.
  void announce_entry(std::uint64_t sector, const LogRequest& request);
  /// Likewise for where the zeroes go, if the request has any.
  void announce_zeroes(std::uint64_t sector, const LogRequest& request);

  /// Writes the header sector, and a plain write's data behind it. Yields.
  sim::IoStatus write_header(std::uint64_t sector, const LogRequest& request,
                             sim::Where where = sim::Where::here());
  /// Writes the zeroes of a write-zeroes. Yields.
  sim::IoStatus write_zeroes_at(std::uint64_t sector, const LogRequest& request,
                                sim::Where where = sim::Where::here());
  /// Writes a whole entry whose parts lie one behind the other; the zeroes only after the header
  /// has succeeded. Yields once or twice.
  sim::IoStatus write_entry(std::uint64_t sector, const LogRequest& request,
                            sim::Where where = sim::Where::here());
  /// Writes a superblock that counts `nr_entries`, then flushes the log. Yields twice.
  sim::IoStatus write_superblock(std::uint64_t nr_entries, sim::Where where = sim::Where::here());
  /// Makes durable what was written to the log. Yields.
  sim::IoStatus flush_log(sim::Where where = sim::Where::here()) { return log_.flush(where); }

  sim::World& world_;
  const std::uint64_t update_interval_;
  sim::Shared<std::uint64_t> cur_log_sector_;  // where the next entry goes
  sim::Shared<std::uint64_t> nr_entries_;      // reserved so far

 private:
  LogWrites(sim::World& world, sim::BlockDevice& data, sim::BlockDevice& log,
            const LogWritesOptions& options, const AppendPoint& begin);

  LogRequest request_for(std::uint64_t offset, std::uint64_t length, std::uint64_t flags) const;

  sim::BlockDevice& data_;
  sim::BlockDevice& log_;
  const std::uint32_t sector_size_;
  const int sector_bits_;
};

}  // namespace simcheck::drivers
