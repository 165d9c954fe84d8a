// Checks every property on every driver, each pair on its own: the work of `simcheck compare`.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <vector>

#include "cli/options.hpp"
#include "drivers/generations.hpp"
#include "reports/comparison.hpp"

namespace simcheck::cli {

struct CompareOptions {
  std::vector<std::string> drivers;  ///< empty: the program's own; all if it has none
  std::uint32_t depth = 2;
  std::string faults;  ///< as for --faults, without cuts; empty: those that each property needs
  /// The default of the driver first: what breaks then is the plainest.
  std::vector<std::uint64_t> super_intervals = {4096, 1, 2, 3};
  unsigned workers = 0;  ///< 0: one per processor
  /// The workload, the properties, what survives a power cut and what follows it, and how long each
  /// check may take, as for a single one. Nothing else of it is looked at.
  Options check;
};

/// The drivers that are compared. Throws UsageError, with a suggestion, if one is unknown, and
/// if one is given twice.
std::vector<const drivers::DriverInfo*> drivers_of(const CompareOptions& options);

/// Throws UsageError, model::Divergence. `program` is for the replay lines. Once `interrupted` is
/// set, cells that are not finished are kInterrupted.
reports::Comparison compare(const CompareOptions& options, const std::string& program,
                            const std::atomic<bool>& interrupted);

}  // namespace simcheck::cli
