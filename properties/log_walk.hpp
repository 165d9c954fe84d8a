// Walking a simulated log as a replayer does: from sector 1 (or from behind the log that is
// appended to), header after header, for as many entries as the driver placed, whatever the
// superblock says.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

#include "logs/format.hpp"
#include "properties/journal.hpp"
#include "sim/event_history.hpp"

namespace simcheck::properties {

/// The content of [log sector `sector`, ...) decoded as a header, whatever it is.
inline logs::EntryHeader read_header(const sim::History& history, std::uint64_t sector) {
  constexpr std::size_t kBytes = logs::kEntryHeaderBytes;
  const std::uint64_t offset = sector * history.log_sector_size;
  const sim::Chunk run = history.log->run_at(offset, kBytes);
  if (run.bytes != nullptr && run.length == kBytes) {
    return logs::decode_entry(std::span<const std::byte, kBytes>(run.bytes, kBytes));
  }
  std::array<std::byte, kBytes> bytes;
  sim::read_content(*history.log, offset, bytes);
  return logs::decode_entry(bytes);
}

/// An entry as a reader meets it. Several judges look at its data.
struct MetEntry {
  logs::EntryHeader header;
  std::uint64_t sector = 0;  ///< of the log, where the header lies
  std::uint64_t behind = 0;  ///< the first sector behind the entry
  std::size_t number = 0;    ///< from 1
  sim::Chunk data;           ///< what lies behind the header, as far as it lies in one run
  /// Whose it is if entries were placed in the order in which they lie. A guess, to be checked: it
  /// spares a search.
  std::size_t likely_request = 0;
};

/// Ends when as many entries were met as were placed, or at what cannot be one. Goes over the
/// entries of requests that failed, as placed, without a look: nothing is promised about them, and
/// a hole where one failed would end the walk.
class LogWalk {
 public:
  LogWalk(const sim::History& history, const Journal& journal)
      : history_(history),
        placed_(journal.placed),
        lives_(journal.lives),
        shift_(std::countr_zero(history.log_sector_size)),
        log_end_(history.log->size() >> shift_) {
    std::uint64_t sector = history.first_log_sector;
    for (std::size_t met = 0; !impossible_;) {
      if (!lives_.all_ok()) skip_failed(sector, met);
      if (met >= placed_.entries.size()) return;
      meet(sector, ++met);
      sector = entries_[entries_.size() - 1].behind;
    }
  }

  /// What cannot be an entry is not among them.
  std::span<const MetEntry> entries() const {
    return entries_.span().first(entries_.size() - (impossible_ ? 1 : 0));
  }
  /// Where and what it is that cannot be an entry; null if all was walked.
  const MetEntry* impossible() const {
    return impossible_ ? &entries_[entries_.size() - 1] : nullptr;
  }

 private:
  void meet(std::uint64_t sector, std::size_t number) {
    const auto header = sector < log_end_ ? read_header(history_, sector) : logs::EntryHeader{};
    const std::uint64_t behind = logs::PlacedEntry{sector, header.nr_sectors, header.flags}.end();
    impossible_ = header.flags > logs::kFlagsAll || behind > log_end_;
    const sim::Chunk data = impossible_ ? sim::Chunk{} : run_at(sector + 1, behind);
    entries_.push_back(
        {header, sector, behind, number, data, sim::index_of(placed_.events[number - 1]->request)});
  }

  sim::Chunk run_at(std::uint64_t sector, std::uint64_t end) const {
    if (sector >= end) return {};
    return history_.log->run_at(sector << shift_, (end - sector) << shift_);
  }

  void skip_failed(std::uint64_t& sector, std::size_t& met) const {
    while (const logs::PlacedEntry* entry = failed_at(sector)) {
      sector = entry->end();
      ++met;
    }
  }

  const logs::PlacedEntry* failed_at(std::uint64_t sector) const {
    for (std::size_t i = 0; i < placed_.entries.size(); ++i) {
      const sim::RequestId request = placed_.events[i]->request;
      const bool failed = request != sim::kNoRequest && !lives_.ok(request);
      if (failed && placed_.entries[i].header_sector == sector) return &placed_.entries[i];
    }
    return nullptr;
  }

  const sim::History& history_;
  const Placed& placed_;
  const Lives& lives_;
  int shift_;              // a log sector's size as a power of two
  std::uint64_t log_end_;  // in log sectors
  ShortList<MetEntry> entries_;
  bool impossible_ = false;
};

}  // namespace simcheck::properties
