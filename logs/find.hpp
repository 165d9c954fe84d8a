// Finds entries: a mark by its text, who wrote a sector, the k-th flush, the next one.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "logs/image.hpp"
#include "logs/walk.hpp"

namespace simcheck::logs {

struct Query {
  enum class What { kMark, kSector, kFlag };

  What what = What::kFlag;
  std::string mark;          // kMark: its text
  std::uint64_t sector = 0;  // kSector: of the data device
  std::uint64_t flag = 0;    // kFlag: FLUSH or FUA
  std::uint64_t nth = 0;     // only the n-th that fits, from 1 on; 0: all of them
  std::uint64_t from = 0;    // entries before this one do not count
};

struct Found {
  std::vector<Entry> entries;  // the first kFoundMax
  std::uint64_t total = 0;
  std::optional<Entry> stopped;  // where the log cannot be followed any further
  HeaderFault fault = HeaderFault::kNone;
};

inline constexpr std::size_t kFoundMax = 1 << 16;

// In log order. An Error when the source has no usable superblock or its medium fails.
Result<Found> find_entries(const ByteSource& source, const Query& query);

// A table of what was found, or one JSON document, "format": "simcheck-log-find", "version": 1.
std::string found_text(const ByteSource& source, const Found& found);
std::string found_json(const ByteSource& source, const std::string& image, const Found& found);

}  // namespace simcheck::logs
