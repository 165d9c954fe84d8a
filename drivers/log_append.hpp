// log-append: where a driver goes on that opens an existing log instead of starting a new one.
//
// Read before any request is in flight, as when QEMU opens the node; no fiber waits for it, so it
// adds no interleaving, and no fault hits it.
#pragma once

#include <cstdint>

#include "logs/format.hpp"
#include "sim/sim.hpp"

namespace simcheck::drivers {

struct AppendPoint {
  std::uint64_t sector = logs::kFirstEntrySector;  ///< where the next entry goes
  std::uint64_t entries = 0;                       ///< in the log so far
};

/// Reads the superblock and walks as many headers as it counts, looking at their flags only. Throws
/// std::invalid_argument if this is no log, or one of another version or sector size, or if a
/// header has flags that QEMU refuses.
AppendPoint find_append_point(const sim::ContentView& log, std::uint32_t sector_size);

}  // namespace simcheck::drivers
