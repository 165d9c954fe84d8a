// What a simulation cost, and how far one has come: figures of the machine, which its report leaves
// out. The document of --stats is described by docs/simulation-stats.schema.json.
#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "model/simulation.hpp"

namespace simcheck::reports {

inline constexpr int kSimulationStatsVersion = 1;

struct SimulationCost {
  std::uint64_t requests = 0;     ///< acknowledged
  double seconds = 0;             ///< of the wall clock
  std::uint64_t memory_peak = 0;  ///< bytes
};

/// The cost, and within it the whole report as to_json() has it.
nlohmann::ordered_json simulation_stats_json(const model::SimulatedRun& run,
                                             const SimulationCost& cost);

/// "12 %  1,234,567 requests  1.2M/s  0:05 (~0:40 left)  2 segments broke a promise". No newline.
std::string progress_line(const model::SimulationProgress& progress, double seconds);

}  // namespace simcheck::reports
