// Extents of their own for requests that were given without an offset.
#pragma once

#include <cstdint>
#include <vector>

#include "model/workload.hpp"

namespace simcheck::model {

inline constexpr std::uint64_t kExtentBytes = 4096;
/// No request ends behind this: the largest offset that QEMU and Linux know.
inline constexpr std::uint64_t kOffsetMax = std::uint64_t{1} << 63;

/// Gives each of `requests`, in order, the next free slot of 2 * `extent_bytes` that no request of
/// `workload` outside the list touches, and the length `extent_bytes`. False if they do not fit
/// below kOffsetMax. The pointers point into the workload; none is a flush.
bool give_extents(const Workload& workload, const std::vector<Request*>& requests,
                  std::uint64_t extent_bytes);

}  // namespace simcheck::model
