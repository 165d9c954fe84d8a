// How executions are sampled, as the user asked for it.
#pragma once

#include <cstdint>

namespace simcheck::model {

class TraceSets;

struct SamplingOptions {
  std::uint64_t seed = 1;
  std::uint64_t samples = 1000;  ///< executions of each workload (in a soak: in each round)
  std::uint32_t pct_depth = 3;   ///< of the bugs that pct aims at, from 1
  double soak_seconds = 0;       ///< sample all workloads again and again for so long; 0: once

  // Set by a soak for each of its rounds:
  std::uint64_t first_sample = 0;  ///< the number of a workload's first execution
  TraceSets* traces = nullptr;     ///< remembers traces beyond a round; not owned
};

}  // namespace simcheck::model
