// Compares the data device with what the log says it holds: the only way to see a hole over a
// re-used log file, where an older log's header may stand in the place of the missing one.
//
// Each byte's last writer in the log is looked up and its data compared. What is discarded last has
// no content to compare. Where entries behind the superblock's count wrote as well, their content
// is as right as that of the counted ones, atom by atom. Memory is bounded: a log of many scattered
// writes is read several times, each time for a part of the device.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "logs/image.hpp"
#include "logs/walk.hpp"

namespace simcheck::logs {

// A place where the device does not hold what it should.
struct Difference {
  std::optional<Entry> entry;  // the last to write there; nothing: no entry did
  std::uint64_t offset_bytes = 0;
  std::uint8_t expected = 0;
  std::uint8_t found = 0;
  bool either = false;  // nor is it what an entry behind the count wrote there
};

struct DataComparison {
  bool with_base = false;
  std::uint64_t compared_bytes = 0;    // written by an entry
  std::uint64_t either_bytes = 0;      // compared, and written by entries behind the count, too
  std::uint64_t discarded_bytes = 0;   // last of all discarded, so not compared
  std::optional<Difference> first;     // that of the entry with the lowest index
  std::optional<Difference> unlogged;  // the first that differs from the base and that none wrote
  std::uint64_t beyond_device = 0;     // entries that reach past the end of the device
};

// Requires a log that walks cleanly for the superblock's count. `base` may be null: then what no
// entry wrote is not compared. `uncounted_from`: the log sector where entries behind the count
// begin, if they are this log's. An Error when one of the sources cannot be read.
Result<DataComparison> compare_with_data(
    const ByteSource& log, const Superblock& super, const ByteSource& data, const ByteSource* base,
    std::optional<std::uint64_t> uncounted_from = std::nullopt);

}  // namespace simcheck::logs
