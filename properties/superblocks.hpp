// The log's superblock in the course of an execution: what it counted, and which entries those are.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "logs/format.hpp"
#include "properties/placed.hpp"
#include "sim/event_history.hpp"

namespace simcheck::properties {

/// The entries that the superblock in this content of the log counts; 0 where there is none.
inline std::uint64_t entries_counted(const sim::ContentView& log) {
  std::array<std::byte, logs::kSuperblockBytes> bytes;
  read_content(log, 0, bytes);
  const logs::Superblock super = logs::decode_superblock(bytes);
  return super.magic == logs::kMagic ? super.nr_entries : 0;
}

/// Likewise at the end of a step of the execution; needs the disks' record.
inline std::uint64_t entries_counted(const sim::History& history, sim::ContentAt::What what,
                                     std::uint32_t step) {
  return entries_counted(sim::ContentAt(*history.log, what, step));
}

/// Calls visit(write, count) for every superblock write that took effect, in order, with the count
/// that is then seen; stops, and returns false, when visit() does.
template <typename Visit>
bool for_each_superblock(const sim::History& history, const Visit& visit) {
  const sim::DiskRecord record = history.log->record();
  for (const sim::DiskWrite& write : record.writes) {
    if (write.was_prepared() || !write.overlaps(0, history.log_sector_size)) continue;
    const auto visible = sim::ContentAt::What::kVisible;
    if (!visit(write, entries_counted(history, visible, write.took_effect))) return false;
  }
  return true;
}

/// Did anybody keep a record of what the log did?
inline bool has_log_record(const sim::History& history) {
  return history.log != nullptr && history.log->record().kept;
}

/// The number of an entry, from 1, as a reader meets them: by their places. An entry is counted if
/// its number is not above the superblock's count.
inline std::uint64_t number_of(const sim::History& history, const Placed& placed,
                               const logs::PlacedEntry& entry) {
  std::uint64_t number = history.log_entries_before;
  for (const logs::PlacedEntry& other : placed.entries.span()) {
    if (other.header_sector <= entry.header_sector) ++number;
  }
  return number;
}

}  // namespace simcheck::properties
