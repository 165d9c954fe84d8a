// What a check cost: figures of the machine, and of how it went about it. None of them decides
// anything, and no result contains any.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/explorer.hpp"
#include "model/result.hpp"

namespace simcheck::model {

struct WorkloadStatistics {
  std::string workload{};
  double seconds = 0;       ///< of all workers that explored it, resumed runs included
  std::uint64_t parts = 0;  ///< that it was split into; 0: it was explored whole
  ExplorerStatistics exploration{};
};

struct RunStatistics {
  double seconds = 0;         ///< of this run
  double seconds_before = 0;  ///< of the runs that it goes on from
  Counts counts_before{};     ///< with which it began
  std::uint64_t workers = 0;
  std::uint64_t saves = 0;       ///< of the run's state, those that failed included
  double save_seconds = 0;       ///< that they took
  std::uint64_t save_bytes = 0;  ///< of the last one
  std::uint64_t memory_peak = 0;
  std::vector<WorkloadStatistics> workloads{};  ///< those that were begun, in order
};

}  // namespace simcheck::model
