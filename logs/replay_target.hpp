// What a log is replayed onto. Files and block devices are in replay_file.hpp; tests have their
// own.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace simcheck::logs {

// How far a write got, and why no further: an errno, 0 if it is done.
struct Written {
  std::uint64_t bytes = 0;
  int error = 0;
};

class ReplayTarget {
 public:
  virtual ~ReplayTarget() = default;

  // Requests end at or before it; a target never grows.
  virtual std::uint64_t size() const = 0;

  // Writes the pieces one behind the other, from `offset` on. They may be mapped (mapping.hpp):
  // the error is EFAULT if it is they that cannot be read.
  virtual Written write(std::uint64_t offset,
                        std::span<const std::span<const std::byte>> pieces) = 0;

  // From now on the range reads as zero. Returns an errno, 0 if it is done.
  virtual int zero(std::uint64_t offset, std::uint64_t bytes) = 0;

  // The range is not needed any more: what it reads as is the target's choice. Returns an errno;
  // ENOTSUP where the target knows no such thing, or not for this range.
  virtual int discard(std::uint64_t offset, std::uint64_t bytes) = 0;

  // Returns an errno, 0 once all of the above survives a power cut.
  virtual int sync() = 0;
};

}  // namespace simcheck::logs
