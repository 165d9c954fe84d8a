// Where the workloads of a check come from: the default set, a text, a file, or a log image.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cli/options.hpp"
#include "model/workload.hpp"

namespace simcheck::cli {

struct WorkloadChoice {
  std::string description;                 ///< "default set of depth 6", or what was given
  std::vector<model::Workload> workloads;  ///< in the order to try them
  std::vector<std::string> bounds;         ///< "windows of 6" if a list was cut
  std::uint32_t log_sector_size = 0;       ///< bytes
  std::uint32_t in_flight_max = 0;         ///< of one stage; 0: all
};

/// The workloads that the options ask for, each of at most --depth requests, or the one that
/// --replay belongs to, whole. Throws UsageError, also for requests that the driver under test
/// cannot take.
WorkloadChoice choose_workloads(const Options& options);

/// The one workload that a text or a file gives, whole. Throws UsageError, also for a set.
WorkloadChoice whole_workload(const Options& options);

}  // namespace simcheck::cli
