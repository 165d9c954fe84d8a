// --save-log and --save-data: what one execution of a check leaves on its two disks.
#pragma once

#include <string>

#include "model/check.hpp"
#include "model/result.hpp"
#include "sim/event_disk.hpp"

namespace simcheck::cli {

/// An image that was asked for.
struct SavedDisk {
  const char* option;
  std::string path;  ///< empty: not wanted
  sim::DeviceRole role;
};

/// Saves what the first counterexample leaves on the disk; without one, what the replayed schedule
/// does, or the simplest execution of the first of the largest workloads. Throws UsageError.
void save_disk(const model::CheckOptions& check, const model::Result& result,
               const SavedDisk& disk);

}  // namespace simcheck::cli
