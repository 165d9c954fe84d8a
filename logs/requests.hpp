// A log's entries as the requests that caused them, for use as a workload. An entry with FLUSH and
// data is a flush, and then the write.
//
// What a log does not record cannot come back: which requests were in flight together, reads,
// requests that QEMU padded (they appear as padded), and whether zeroes were written or "zeroed".
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "logs/image.hpp"

namespace simcheck::logs {

enum class RequestKind { kWrite, kZeroes, kDiscard, kFlush };

struct LoggedRequest {
  RequestKind kind = RequestKind::kWrite;
  std::uint64_t entry = 0;         // its index in the log
  std::uint64_t offset_bytes = 0;  // on the data device
  std::uint64_t length_bytes = 0;
  bool fua = false;
  // A write whose data is one byte repeated; a kZeroes request has none.
  std::optional<std::uint8_t> fill;

  friend bool operator==(const LoggedRequest&, const LoggedRequest&) = default;
};

struct RequestOptions {
  std::uint64_t first_entry = 0;
  std::uint64_t entries_max = 1 << 20;  // more is an Error, not a silent cut
};

// The requests in log order, for an entry at most two; marks are left out, for they are none. An
// Error names the entry where the log cannot be followed: a log that does not verify should not
// become a workload.
Result<std::vector<LoggedRequest>> requests_of(const ByteSource& source,
                                               const RequestOptions& options = {});

}  // namespace simcheck::logs
