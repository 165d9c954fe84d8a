// How much memory this process takes, as the kernel counts it.
#pragma once

#include <cstdint>

namespace simcheck::model {

/// Bytes in memory or swapped out now; 0 where that cannot be found out.
std::uint64_t memory_in_use();

/// The most bytes that were in memory at once so far; 0 where that cannot be found out.
std::uint64_t peak_memory();

}  // namespace simcheck::model
