// Long lists of requests, cut into pieces that can be explored exhaustively.
#pragma once

#include <cstdint>
#include <vector>

#include "model/workload.hpp"

namespace simcheck::model {

/// Every window of `size` consecutive requests, in order; those of one stage stay in one stage. A
/// workload of at most `size` requests is its own only window.
std::vector<Workload> windows(const Workload& workload, std::uint32_t size);

/// Pieces of `size` consecutive requests, in order, each of which begins with the last `overlap`
/// (below `size`) of the one before it; the last may be shorter.
std::vector<Workload> pieces(const Workload& workload, std::uint32_t size, std::uint32_t overlap);

}  // namespace simcheck::model
