// What lies behind the last counted entry, as far as it helps to say where it comes from.
#pragma once

#include <cstdint>

#include "logs/walk.hpp"

namespace simcheck::logs {

struct Tail {
  std::uint64_t sector = 0;        // where it begins
  std::uint64_t zero_sectors = 0;  // it begins with so many; all of it when that reaches the end
  // The bytes behind those zeroes: entries that parse there at once...
  std::uint64_t entries = 0;
  // ...or something that is no header, and perhaps entries further on.
  bool foreign_bytes = false;
  std::uint64_t entries_sector = 0;  // where `entries` begin

  std::uint64_t data_sector() const { return sector + zero_sectors; }
};

// Reads from `sector` on; skips zeroes, and searches a bounded stretch of anything else.
Tail look_at_tail(SectorReader& reader, std::uint64_t sector);

}  // namespace simcheck::logs
