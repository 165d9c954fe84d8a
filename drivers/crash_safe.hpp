// A generation of our own that keeps every promise of docs/properties.md that this format can keep,
// under I/O errors, a full log, torn writes and power cuts; and its parts, which tests leave out
// one by one to see that each is needed.
#pragma once

#include <cstdint>

#include "drivers/log_writes.hpp"

namespace simcheck::drivers {

enum class CrashSafePart : std::uint8_t {
  kReset,           ///< the first request makes the superblock count nothing, durably
  kCompletePrefix,  ///< the superblock counts entries up to the first that is not wholly written
  kBarrier,         ///< what it counts is durable before it is written
  kFlushWaits,      ///< a flush returns when the durable superblock counts it
  kInOrder,         ///< a request returns after those whose entries lie before its own
  kFlushFirst,      ///< no entry is placed while a flush is on the data device
  kOnlyDone,        ///< what the data device refused is not logged
};

constexpr std::uint32_t bit_of(CrashSafePart part) { return 1U << static_cast<unsigned>(part); }

/// Without the parts whose bits are in `left_out`. For `crash-safe` itself see generations.hpp.
sim::BlockDevice& make_crash_safe_without(std::uint32_t left_out, sim::World& world,
                                          sim::BlockDevice& data, sim::BlockDevice& log,
                                          const LogWritesOptions& options);

}  // namespace simcheck::drivers
