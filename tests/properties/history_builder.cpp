#include "tests/properties/history_builder.hpp"

#include <algorithm>
#include <span>
#include <utility>

#include "logs/placement.hpp"
#include "sim/assert.hpp"

namespace simcheck::test {

sim::Chunk MemoryContent::run_at(std::uint64_t offset, std::uint64_t length_max) const {
  SIMCHECK_ASSERT(offset < bytes.size() && length_max > 0, "a run lies inside the device");
  const std::uint64_t left = bytes.size() - offset;
  return {bytes.data() + offset, std::min({left, length_max, run_max_}), std::byte{0}};
}

void MemoryContent::fill(std::uint64_t offset, std::uint64_t length, std::byte with) {
  SIMCHECK_ASSERT(offset + length <= bytes.size(), "the test's device is too small");
  std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(offset), length, with);
}

sim::DiskRecord MemoryContent::record() const {
  return {.kept = watched,
          .writes = writes,
          .flushes = flushes,
          .versions = versions,
          .bytes = version_bytes.data()};
}

HistoryBuilder::HistoryBuilder(DiskSizes sizes)
    : log_content(sizes.log, sizes.run_max),
      data_content(sizes.data, sizes.run_max),
      sector_size_(sizes.sector) {}

sim::RequestId HistoryBuilder::add(const sim::RequestInfo& request) {
  requests_.push_back(request);
  requests_.back().lane = static_cast<std::uint32_t>(requests_.size() - 1);
  return sim::RequestId(requests_.size() - 1);
}

sim::RequestId HistoryBuilder::write(std::uint64_t offset, std::uint64_t length) {
  const auto fill = static_cast<std::byte>(requests_.size() % 255 + 1);
  return add({.kind = sim::IoKind::kWrite, .offset = offset, .length = length, .fill = fill});
}

sim::RequestId HistoryBuilder::zeroes(std::uint64_t offset, std::uint64_t length) {
  return add({.kind = sim::IoKind::kZeroes, .offset = offset, .length = length});
}

sim::RequestId HistoryBuilder::discard(std::uint64_t offset, std::uint64_t length) {
  return add({.kind = sim::IoKind::kDiscard, .offset = offset, .length = length});
}

sim::RequestId HistoryBuilder::flush() { return add({.kind = sim::IoKind::kFlush}); }

HistoryBuilder& HistoryBuilder::event(sim::Event event) {
  event.step = steps_++;
  events_.push_back(event);
  return *this;
}

HistoryBuilder& HistoryBuilder::submit(sim::RequestId request) {
  return event({.kind = sim::EventKind::kSubmitted, .request = request});
}

HistoryBuilder& HistoryBuilder::acknowledge(sim::RequestId request, sim::IoStatus status) {
  return event({.kind = sim::EventKind::kAcknowledged, .status = status, .request = request});
}

HistoryBuilder& HistoryBuilder::place(sim::RequestId request, std::uint64_t sector) {
  const logs::EntryHeader header = header_of(request);
  const auto end = logs::PlacedEntry{sector, header.nr_sectors, header.flags}.end();
  log_end_ = std::max(log_end_, end);
  return event({.kind = sim::EventKind::kEntryPlaced,
                .request = request,
                .sector = sector,
                .nr_sectors = header.nr_sectors,
                .flags = header.flags});
}

HistoryBuilder& HistoryBuilder::data(sim::RequestId request, std::uint64_t sector) {
  return data(request, sector, logs::data_sectors(header_of(request)));
}

HistoryBuilder& HistoryBuilder::data(sim::RequestId request, std::uint64_t sector,
                                     std::uint64_t nr_sectors) {
  return event({.kind = sim::EventKind::kDataPlaced,
                .request = request,
                .sector = sector,
                .nr_sectors = nr_sectors});
}

HistoryBuilder& HistoryBuilder::throws(sim::RequestId request, std::string text) {
  exceptions_.push_back(std::move(text));
  return event({.kind = sim::EventKind::kException, .request = request});
}

logs::EntryHeader HistoryBuilder::header_of(sim::RequestId id) const {
  const sim::RequestInfo& info = request(id);
  logs::EntryHeader header{.sector = info.offset / sector_size_,
                           .nr_sectors = info.length / sector_size_};
  if (info.kind == sim::IoKind::kFlush) header.flags = logs::kFlagFlush;
  if (info.kind == sim::IoKind::kDiscard) header.flags = logs::kFlagDiscard;
  return header;
}

HistoryBuilder& HistoryBuilder::put_header(std::uint64_t sector, const logs::EntryHeader& header) {
  log_content.fill(sector * sector_size_, sector_size_, std::byte{0});
  std::byte* const at = log_content.bytes.data() + sector * sector_size_;
  logs::encode(header, std::span<std::byte, logs::kEntryHeaderBytes>(at, logs::kEntryHeaderBytes));
  return *this;
}

HistoryBuilder& HistoryBuilder::put_entry(sim::RequestId id, std::uint64_t sector,
                                          std::optional<std::uint64_t> data_sector) {
  const logs::EntryHeader header = header_of(id);
  put_header(sector, header);
  log_content.fill(data_sector.value_or(sector + 1) * sector_size_,
                   logs::data_sectors(header) * sector_size_, request(id).fill);
  return *this;
}

HistoryBuilder& HistoryBuilder::put_data(sim::RequestId id) {
  const sim::RequestInfo& info = request(id);
  data_content.fill(info.offset, info.length, info.fill);
  return *this;
}

HistoryBuilder& HistoryBuilder::effect(MemoryContent& disk, sim::DiskWrite write,
                                       std::span<const std::byte> bytes) {
  log_content.watched = data_content.watched = true;
  write.submitted = write.took_effect = steps_++;
  const std::uint64_t end = write.offset + write.length;
  const auto effect = static_cast<std::uint32_t>(disk.writes.size());
  const std::size_t at = bytes.empty() ? sim::DiskVersion::kFilled : disk.version_bytes.size();
  disk.version_bytes.insert(disk.version_bytes.end(), bytes.begin(), bytes.end());
  disk.versions.push_back({write.offset, end, at, std::byte{1}, effect});
  disk.writes.push_back(write);
  return *this;
}

HistoryBuilder& HistoryBuilder::changed(sim::RequestId id, bool fua) {
  const sim::RequestInfo& info = request(id);
  return effect(
      data_content,
      {.kind = info.kind, .fua = fua, .request = id, .offset = info.offset, .length = info.length});
}

HistoryBuilder& HistoryBuilder::written(sim::RequestId id, std::uint64_t sector,
                                        std::uint64_t nr_sectors) {
  return effect(
      log_content,
      {.request = id, .offset = sector * sector_size_, .length = nr_sectors * sector_size_});
}

HistoryBuilder& HistoryBuilder::super(sim::RequestId id, std::uint64_t entries, bool fua) {
  std::vector<std::byte> sector(sector_size_);
  logs::encode(logs::Superblock{.nr_entries = entries},
               std::span(sector).first<logs::kSuperblockBytes>());
  return effect(log_content, {.fua = fua, .request = id, .length = sector_size_}, sector);
}

HistoryBuilder& HistoryBuilder::completes(MemoryContent& disk, sim::RequestId id) {
  const auto write = std::ranges::find_if(disk.writes, [id](const sim::DiskWrite& w) {
    return w.request == id && w.completed == sim::kNever;
  });
  SIMCHECK_ASSERT(write != disk.writes.end(), "a write completes that took effect");
  write->completed = steps_++;
  return *this;
}

HistoryBuilder& HistoryBuilder::flushes(MemoryContent& disk, sim::RequestId id) {
  log_content.watched = data_content.watched = true;
  disk.flushes.push_back({.request = id, .submitted = steps_++});
  return *this;
}

HistoryBuilder& HistoryBuilder::flushed(MemoryContent& disk, sim::RequestId id) {
  const auto flush = std::ranges::find_if(disk.flushes, [id](const sim::DiskFlush& f) {
    return f.request == id && f.completed == sim::kNever;
  });
  SIMCHECK_ASSERT(flush != disk.flushes.end(), "a flush completes that was submitted");
  flush->completed = steps_++;
  return *this;
}

HistoryBuilder& HistoryBuilder::super_done(sim::RequestId id, std::uint64_t entries) {
  return super(id, entries)
      .completes(log_content, id)
      .flushes(log_content, id)
      .flushed(log_content, id);
}

HistoryBuilder& HistoryBuilder::log_properly(sim::RequestId id) {
  return log_entry(id).put_data(id);
}

HistoryBuilder& HistoryBuilder::log_entry(sim::RequestId id) {
  const std::uint64_t sector = log_end_;
  place(id, sector);
  if (logs::data_sectors(header_of(id)) > 0) data(id, sector + 1);
  return put_entry(id, sector);
}

HistoryBuilder& HistoryBuilder::run(sim::RequestId id) {
  return submit(id).log_properly(id).acknowledge(id);
}

sim::History HistoryBuilder::history() const {
  return {.requests = requests_,
          .guest_requests = guest_requests,
          .events = events_,
          .ending = ending,
          .steps = steps_,
          .data = &data_content,
          .log = &log_content,
          .log_sector_size = sector_size_,
          .super_interval = super_interval,
          .exceptions = exceptions_,
          .stuck_fibers =
              [](const void* self) { return static_cast<const HistoryBuilder*>(self)->stuck; },
          .context = this};
}

std::string verdict(const properties::Property& property, const sim::History& history) {
  const properties::Judgement judgement = property.judge(history);
  if (judgement.violation) {
    return "step " + std::to_string(judgement.violation->step) + ": " + judgement.violation->reason;
  }
  return judgement.exercised ? "holds" : "not exercised";
}

std::string verdict(const properties::Property& property, const HistoryBuilder& builder) {
  return verdict(property, builder.history());
}

}  // namespace simcheck::test
