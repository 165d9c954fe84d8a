// What runs after a power cut, before properties judge what is left: the recovery of a driver, or
// of whoever reads its log.
//
// A recovery is plain code: it reads and writes the disks, one request after the other, as if
// nothing else happened. It sees no fibers and no faults. It must depend on nothing but what it
// reads, since it is run once for each content that it can tell from the others. Its power may be
// cut again while it writes; then it starts once more on what that left.
#pragma once

#include <cstdint>
#include <functional>

#include "sim/block_device.hpp"

namespace simcheck::sim {

/// What a recovery is given.
struct RecoveryDevices {
  BlockDevice& data;
  BlockDevice& log;
  std::uint64_t log_sector_size = 512;   ///< bytes
  std::uint64_t first_log_sector = 1;    ///< where the entries begin that were not there before
  std::uint64_t log_entries_before = 0;  ///< how many lie in front of them
};

struct Recovery {
  /// An exception that it lets out breaks each property that looks at cuts. Empty: there is none,
  /// and properties judge what the cut left.
  std::function<void(const RecoveryDevices& devices)> run;
  bool reads_data = false;  ///< it looks at the data device, too; else it must not read it
  bool writes = false;      ///< it may write, so its power may be cut again
};

}  // namespace simcheck::sim
