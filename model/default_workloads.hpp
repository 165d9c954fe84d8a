// The workloads that a check tries when none are named: small, many, and all kinds together.
#pragma once

#include <cstdint>
#include <vector>

#include "model/workload.hpp"
#include "model/workload_extents.hpp"

namespace simcheck::model {

/// Every burst of 1 to `depth` requests, as multisets over {write, zeroes, discard, flush}, and
/// every split of 2 or 3 requests into two stages of at most `depth` each; the i-th request has the
/// extent of `extent_bytes` at 2 * i * `extent_bytes`. In order of the number of requests, bursts
/// before splits, then by kinds in the order above.
std::vector<Workload> default_workloads(std::uint32_t depth,
                                        std::uint64_t extent_bytes = kExtentBytes);

}  // namespace simcheck::model
