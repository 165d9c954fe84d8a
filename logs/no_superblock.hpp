// A log without superblock: closed with cache=unsafe or killed before the first update. Its entries
// are there all the same, and tell their sector size by where they lie.
#pragma once

#include <cstdint>
#include <optional>

#include "logs/image.hpp"

namespace simcheck::logs {

struct NoSuperblock {
  bool all_zero = false;          // the whole source
  std::uint64_t entries = 0;      // that parse from sector 1 on, under `sector_size`
  std::uint32_t sector_size = 0;  // that under which most entries parse, over holes too
};

// Whatever lies in sector 0 is not looked at, unless all else is zero, too.
NoSuperblock look_without_superblock(const ByteSource& source);

}  // namespace simcheck::logs
