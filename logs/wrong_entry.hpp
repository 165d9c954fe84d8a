// A header that can be one and leads to the wrong place, known by the headers behind it.
//
// Its length is wrong, or it is a DISCARD by mistake: the plain reading then ends at the impossible
// header behind it, and no entry is missing. That is believed where the superblock's count says so.
#pragma once

#include <cstdint>
#include <optional>

#include "logs/holes.hpp"
#include "logs/repair.hpp"
#include "logs/walk.hpp"

namespace simcheck::logs {

struct WrongEntry {
  Entry entry;  // as it is
  Repair repair;
  std::uint64_t next_header = 0;
  std::uint64_t end_sector = 0;  // behind the counted entries
};

// Given the reading over what lies behind `before`, the last entry of the plain reading.
std::optional<WrongEntry> find_wrong_entry(SectorReader& reader, const Entry& before,
                                           const HoleReading& reading, std::uint64_t count);

}  // namespace simcheck::logs
