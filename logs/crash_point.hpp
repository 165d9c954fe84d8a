// What is durable, and what is not, when the power is cut at a point of a log.
//
// Durable is what FLUSH and FUA promise. The rest is pending: any part of it may be there. What a
// FLUSH covers is not in the log, since a log does not tell when a request was issued; see Coverage
// and docs/log-tools.md.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "logs/producer.hpp"
#include "logs/walk.hpp"

namespace simcheck::logs {

enum class Coverage {
  // A FLUSH covers every entry before it: true for the kernel's log-writes, which logs a write with
  // the flush that makes it durable.
  kLogged,
  // A FLUSH covers what had been logged when it was issued, that is, at least all before the FLUSH
  // before it: all that a log of QEMU's blklogwrites shows, where a write that completes while a
  // flush is under way is logged before it and not covered.
  kIssued,
};

struct CrashOptions {
  std::uint64_t at = 0;              // the last entry logged before the cut
  std::optional<Coverage> coverage;  // guessed when not given
  std::uint64_t in_flight = 0;       // so many entries behind it had been issued, too
  bool in_flight_to_flush = false;   // all entries before the next FLUSH had
};

// An entry that changes the data device.
struct DeviceWrite {
  std::uint64_t entry = 0;
  std::uint64_t offset = 0;  // in bytes of the device
  std::uint64_t bytes = 0;
  std::uint64_t log_offset = 0;  // of its data
  bool discard = false;
};

struct CrashPoint {
  std::uint64_t at = 0;
  Coverage coverage = Coverage::kLogged;
  bool guessed = false;              // the coverage was, from the producer
  Attribution producer;              // who seems to have written the log
  std::uint64_t durable_before = 0;  // all entries before this one are durable
  std::uint64_t end = 0;             // behind the last entry that matters
  std::uint64_t in_flight = 0;       // entries behind `at` that had been issued, of those logged
  std::uint64_t reach_bytes = 0;     // where the writes before `end` end
  // Where those of the whole log end, as far as it can be followed, and the first that ends there.
  std::uint64_t device_bytes = 0;
  std::uint64_t device_entry = 0;
  std::vector<DeviceWrite> pending;  // in log order
  std::vector<DeviceWrite> fua;      // durable entries from `durable_before` on, in log order
};

inline constexpr std::uint64_t kPendingMax = 1 << 20;

// An Error when there is no such entry, the log cannot be followed to there, its medium fails, or
// more than kPendingMax writes are pending.
Result<CrashPoint> find_crash_point(const ByteSource& log, const Superblock& super,
                                    const CrashOptions& options);

}  // namespace simcheck::logs
