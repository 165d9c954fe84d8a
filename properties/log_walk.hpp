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

/// Goes over the entries of requests that failed, as placed, without a look: nothing is promised
/// about them, and a hole where one failed would end the walk.
class LogWalk {
 public:
  LogWalk(const sim::History& history, const Journal& journal)
      : history_(history),
        placed_(journal.placed),
        lives_(journal.lives),
        log_end_(history.log->size() >> std::countr_zero(history.log_sector_size)),
        behind_(history.first_log_sector) {}

  /// Goes to the next entry. False when all placed entries were met, or when what stands there
  /// cannot be an entry: then at_impossible() is true, and sector() and header() tell where and
  /// what.
  bool next() {
    sector_ = behind_;
    if (!lives_.all_ok()) skip_failed();
    if (met_ >= placed_.entries.size()) return false;
    ++met_;
    header_ = sector_ < log_end_ ? read_header(history_, sector_) : logs::EntryHeader{};
    behind_ = logs::PlacedEntry{sector_, header_.nr_sectors, header_.flags}.end();
    impossible_ = header_.flags > logs::kFlagsAll || behind_ > log_end_;
    return !impossible_;
  }

  bool at_impossible() const { return impossible_; }
  std::uint64_t sector() const { return sector_; }
  std::uint64_t behind() const { return behind_; }  ///< the first sector behind the entry
  const logs::EntryHeader& header() const { return header_; }
  std::size_t met() const { return met_; }  ///< entries so far, this one included
  /// Whose entry this is if entries were placed in the order in which they lie. A guess, to be
  /// checked: it spares a search.
  std::size_t likely_request() const { return sim::index_of(placed_.events[met_ - 1]->request); }

 private:
  void skip_failed() {
    while (const logs::PlacedEntry* entry = failed_at(sector_)) {
      sector_ = entry->end();
      ++met_;
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
  std::uint64_t log_end_;  // in log sectors
  std::uint64_t behind_;
  std::uint64_t sector_ = 0;
  logs::EntryHeader header_;
  std::size_t met_ = 0;
  bool impossible_ = false;
};

}  // namespace simcheck::properties
