// Which requests of a workload can be exchanged, without anybody noticing but by their names.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "model/block_scenario.hpp"

namespace simcheck::model {

/// The symmetry class of each request (sim::SpawnOptions): those of one stage and one thread that
/// differ in nothing but their own extent and the byte they write, faults that hit them included.
/// 0 for a request that is like no other; without symmetry, for all.
std::vector<std::uint32_t> symmetry_classes(const BlockScenario& scenario);

/// For each request the first of those that it is interchangeable with; itself if it is none.
std::vector<std::size_t> interchangeable_lanes(const BlockScenario& scenario);

}  // namespace simcheck::model
