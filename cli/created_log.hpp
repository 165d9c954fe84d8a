// A log image made by a simulated run of a driver.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "cli/options.hpp"
#include "model/simulation.hpp"

namespace simcheck::cli {

struct CreateOptions {
  Options subject;  ///< settled: driver, surroundings, workload
  std::string out;
  std::uint32_t depth = 1;
  std::uint64_t seed = 1;
  bool is_straight = false;  ///< without a block layer
  bool is_killed = false;    ///< without a flush in the end
  std::optional<std::string> mark;
  bool force = false;
};

struct CreatedLog {
  model::SimulatedRun run;
  std::uint64_t entries = 0;  ///< with the mark
  std::uint64_t bytes = 0;    ///< of the file
};

/// Runs the workload, watched by the default properties, whatever they say, and writes the log's
/// content to `out`, at once or not at all. Throws UsageError, also where a request fails, which
/// the image would lack.
CreatedLog create_log(const CreateOptions& options);

}  // namespace simcheck::cli
