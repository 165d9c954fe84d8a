#include "drivers/log_writes.hpp"

#include <fmt/format.h>

#include <array>
#include <bit>
#include <stdexcept>

namespace simcheck::drivers {

using sim::IoStatus;

namespace {

AppendPoint beginning(const sim::World& world, const LogWritesOptions& options) {
  if (!options.append) return {};
  SIMCHECK_ASSERT(world.log_content() != nullptr,
                  "a log that is appended to is shown to the world");
  return find_append_point(*world.log_content(), options.sector_size);
}

}  // namespace

LogWrites::LogWrites(sim::World& world, sim::BlockDevice& data, sim::BlockDevice& log,
                     const LogWritesOptions& options)
    : LogWrites(world, data, log, options, beginning(world, options)) {}

LogWrites::LogWrites(sim::World& world, sim::BlockDevice& data, sim::BlockDevice& log,
                     const LogWritesOptions& options, const AppendPoint& begin)
    : world_(world),
      update_interval_(options.super_update_interval),
      cur_log_sector_(world, "cur_log_sector", begin.sector),
      nr_entries_(world, "nr_entries", begin.entries),
      data_(data),
      log_(log),
      sector_size_(options.sector_size),
      sector_bits_(std::countr_zero(options.sector_size)) {
  SIMCHECK_ASSERT(logs::is_sector_size(sector_size_), "sector_size: a power of two, 32..8388608");
  SIMCHECK_ASSERT(update_interval_ != 0, "super_update_interval is at least 1");
}

IoStatus LogWrites::do_read(std::uint64_t offset, std::span<std::byte> into) {
  return data_.read(offset, into);
}

IoStatus LogWrites::do_write(std::uint64_t offset, const sim::Payload& data, sim::IoFlags flags) {
  LogRequest request = request_for(offset, data.length(), 0);
  request.data = &data;
  request.header_sectors = 1 + request.header.nr_sectors;
  flags.label = "data";
  return finish(data_.write(offset, data, flags), request);
}

IoStatus LogWrites::do_write_zeroes(std::uint64_t offset, std::uint64_t length,
                                    sim::IoFlags flags) {
  LogRequest request = request_for(offset, length, 0);
  request.zero_sectors = request.header.nr_sectors;
  flags.label = "data";
  return finish(data_.write_zeroes(offset, length, flags), request);
}

IoStatus LogWrites::do_discard(std::uint64_t offset, std::uint64_t length) {
  const LogRequest request = request_for(offset, length, logs::kFlagDiscard);
  return finish(data_.discard(offset, length), request);
}

IoStatus LogWrites::do_flush() {
  const LogRequest request = request_for(0, 0, logs::kFlagFlush);
  return finish(flush_data(), request);
}

IoStatus LogWrites::flush_data() { return data_.flush(); }

LogRequest LogWrites::request_for(std::uint64_t offset, std::uint64_t length,
                                  std::uint64_t flags) const {
  if (((offset | length) & (sector_size_ - 1)) != 0) [[unlikely]] {
    throw std::invalid_argument(
        fmt::format("log-writes: a request of {} bytes at {} is not aligned to the log's sector "
                    "size of {} bytes",
                    length, offset, sector_size_));
  }
  return {.header = {.sector = offset >> sector_bits_,
                     .nr_sectors = length >> sector_bits_,
                     .flags = flags}};
}

IoStatus LogWrites::finish(IoStatus data_status, const LogRequest& request) {
  const IoStatus log_status = log_request(request);
  return log_status != IoStatus::kOk ? log_status : data_status;
}

void LogWrites::announce_entry(std::uint64_t sector, const LogRequest& request) {
  world_.emit({.kind = sim::EventKind::kEntryPlaced,
               .sector = sector,
               .nr_sectors = request.header.nr_sectors,
               .flags = request.header.flags});
  if (request.header_sectors == 1) return;
  world_.emit({.kind = sim::EventKind::kDataPlaced,
               .sector = sector + 1,
               .nr_sectors = request.header_sectors - 1});
}

void LogWrites::announce_zeroes(std::uint64_t sector, const LogRequest& request) {
  if (request.zero_sectors == 0) return;
  world_.emit(
      {.kind = sim::EventKind::kDataPlaced, .sector = sector, .nr_sectors = request.zero_sectors});
}

IoStatus LogWrites::write_header(std::uint64_t sector, const LogRequest& request,
                                 sim::Where where) {
  std::array<std::byte, logs::kEntryHeaderBytes> bytes;
  logs::encode(request.header, bytes);
  sim::Payload payload;
  payload.append(bytes).append_fill(std::byte{0}, sector_size_ - bytes.size());
  if (request.data != nullptr) payload.append(*request.data);
  const char* label = request.header_sectors > 1 ? "header+data" : "header";
  return log_.write(sector << sector_bits_, payload, {.label = label}, where);
}

IoStatus LogWrites::write_zeroes_at(std::uint64_t sector, const LogRequest& request,
                                    sim::Where where) {
  return log_.write_zeroes(sector << sector_bits_, request.zero_sectors << sector_bits_,
                           {.label = "zeroes"}, where);
}

IoStatus LogWrites::write_entry(std::uint64_t sector, const LogRequest& request, sim::Where where) {
  const IoStatus status = write_header(sector, request, where);
  if (status != IoStatus::kOk || request.zero_sectors == 0) return status;
  return write_zeroes_at(sector + request.header_sectors, request, where);
}

IoStatus LogWrites::write_superblock(std::uint64_t nr_entries, sim::Where where) {
  std::array<std::byte, logs::kSuperblockBytes> bytes;
  logs::encode(logs::Superblock{.nr_entries = nr_entries, .sector_size = sector_size_}, bytes);
  sim::Payload payload;
  payload.append(bytes).append_fill(std::byte{0}, sector_size_ - bytes.size());
  const IoStatus status = log_.write(0, payload, {.label = "superblock"}, where);
  return status == IoStatus::kOk ? log_.flush(where) : status;
}

}  // namespace simcheck::drivers
