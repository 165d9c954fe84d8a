// Histories written by hand: requests, their events, and what the disks hold.
//
//   HistoryBuilder h;
//   const auto a = h.zeroes(0, 4096);
//   h.submit(a).place(a, 1).data(a, 2).acknowledge(a);
//   h.put_entry(a, 1, 2).put_data(a);   // what the log and the data device hold
//   CHECK(verdict(*make_no_overlap(), h) == "holds");
//
// Each event is a step of its own, so an event's step is its index, as long as there are no moments
// of disks, which are steps too:
//
//   h.place(a, 1).written(a, 1, 9).completes(h.log_content, a);   // log sectors 1..9
//   h.super(a, 1).completes(h.log_content, a).flushes(h.log_content, a).flushed(h.log_content, a);
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "logs/format.hpp"
#include "properties/property.hpp"
#include "sim/event_history.hpp"

namespace simcheck::test {

// A small device in memory. Its runs are at most `run_max` bytes, since judges must cope with
// content in pieces.
class MemoryContent final : public sim::ContentView {
 public:
  explicit MemoryContent(std::size_t size, std::uint64_t run_max = UINT64_MAX)
      : bytes(size), run_max_(run_max) {}
  sim::Chunk run_at(std::uint64_t offset, std::uint64_t length_max) const override;
  std::uint64_t size() const override { return bytes.size(); }
  // Requires that it lies inside.
  void fill(std::uint64_t offset, std::uint64_t length, std::byte with);
  sim::DiskRecord record() const override;

  std::vector<std::byte> bytes;
  // What the record is made of; it has nothing to do with `bytes`.
  bool watched = false;
  std::vector<sim::DiskWrite> writes;
  std::vector<sim::DiskFlush> flushes;
  std::vector<sim::DiskVersion> versions;
  std::vector<std::byte> version_bytes;

 private:
  std::uint64_t run_max_;
};

struct DiskSizes {
  std::uint64_t sector = 512;
  std::uint64_t data = 128 * 1024;
  std::uint64_t log = 128 * 1024;
  std::uint64_t run_max = UINT64_MAX;
};

class HistoryBuilder {
 public:
  explicit HistoryBuilder(DiskSizes sizes = {});

  sim::RequestId add(const sim::RequestInfo& request);
  // Bytes; a write's fill is 1 for the first request, 2 for the second, ...
  sim::RequestId write(std::uint64_t offset, std::uint64_t length);
  sim::RequestId zeroes(std::uint64_t offset, std::uint64_t length);
  sim::RequestId discard(std::uint64_t offset, std::uint64_t length);
  sim::RequestId flush();

  HistoryBuilder& submit(sim::RequestId request);
  HistoryBuilder& acknowledge(sim::RequestId request, sim::IoStatus = sim::IoStatus::kOk);
  // The request's entry, with the header it should have, placed at a log sector; its data too.
  HistoryBuilder& place(sim::RequestId request, std::uint64_t sector);
  HistoryBuilder& data(sim::RequestId request, std::uint64_t sector);
  HistoryBuilder& data(sim::RequestId request, std::uint64_t sector, std::uint64_t nr_sectors);
  HistoryBuilder& event(sim::Event event);
  HistoryBuilder& throws(sim::RequestId request, std::string text);

  // Content: an entry as the driver should write it, with its data at `data_sector`.
  HistoryBuilder& put_header(std::uint64_t sector, const logs::EntryHeader& header);
  HistoryBuilder& put_entry(sim::RequestId request, std::uint64_t sector,
                            std::optional<std::uint64_t> data_sector = std::nullopt);
  // What the request does to the data device.
  HistoryBuilder& put_data(sim::RequestId request);

  // Moments of disks: a write of the request takes effect, on the data device or at these log
  // sectors, or with a superblock that counts `entries`; its oldest write that has not completed
  // does; it submits a flush; its oldest flush completes. Both disks are watched from then on.
  HistoryBuilder& changed(sim::RequestId request, bool fua = false);
  HistoryBuilder& written(sim::RequestId request, std::uint64_t sector, std::uint64_t nr_sectors);
  HistoryBuilder& super(sim::RequestId request, std::uint64_t entries, bool fua = false);
  HistoryBuilder& completes(MemoryContent& disk, sim::RequestId request);
  HistoryBuilder& flushes(MemoryContent& disk, sim::RequestId request);
  HistoryBuilder& flushed(MemoryContent& disk, sim::RequestId request);
  // A superblock, durable at once.
  HistoryBuilder& super_done(sim::RequestId request, std::uint64_t entries);

  // A request's whole life in a driver that makes no mistake, its entry at the log's end.
  HistoryBuilder& run(sim::RequestId request);
  HistoryBuilder& log_properly(sim::RequestId request);  // without submission, acknowledgement
  HistoryBuilder& log_entry(sim::RequestId request);     // without the data device, too

  logs::EntryHeader header_of(sim::RequestId request) const;
  const sim::RequestInfo& request(sim::RequestId id) const { return requests_[sim::index_of(id)]; }
  std::size_t request_count() const { return requests_.size(); }

  // Valid until the builder changes.
  sim::History history() const;

  sim::Ending ending = sim::Ending::kFinished;
  std::uint64_t super_interval = 0;
  std::vector<sim::RequestInfo> guest_requests;
  std::vector<sim::StuckFiber> stuck;
  MemoryContent log_content;
  MemoryContent data_content;

 private:
  HistoryBuilder& effect(MemoryContent& disk, sim::DiskWrite write,
                         std::span<const std::byte> bytes = {});

  std::uint64_t sector_size_;
  std::uint32_t steps_ = 0;
  std::uint64_t log_end_ = logs::kFirstEntrySector;
  std::vector<sim::RequestInfo> requests_;
  std::vector<sim::Event> events_;
  std::vector<std::string> exceptions_;
};

// "holds", "not exercised", or "step 3: why".
std::string verdict(const properties::Property& property, const sim::History& history);
std::string verdict(const properties::Property& property, const HistoryBuilder& builder);

}  // namespace simcheck::test
