#include "reports/simulation_stats.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "reports/figures.hpp"
#include "reports/plain_text.hpp"
#include "reports/simulation_json.hpp"

namespace simcheck::reports {

nlohmann::ordered_json simulation_stats_json(const model::SimulatedRun& run,
                                             const SimulationCost& cost) {
  return {{"format", "simcheck-simulation-stats"},
          {"version", kSimulationStatsVersion},
          {"seconds", cost.seconds},
          {"requests_per_second", per_second(cost.requests, cost.seconds)},
          {"transitions_per_second", per_second(run.transitions, cost.seconds)},
          {"memory_peak", cost.memory_peak},
          {"simulation", to_json(run)}};
}

std::string progress_line(const model::SimulationProgress& progress, double seconds) {
  std::string line =
      counted(progress.requests, "request") + "  " + rate(progress.requests, seconds);
  if (progress.requests_max > 0 && progress.requests > 0) {
    const double share =
        static_cast<double>(progress.requests) / static_cast<double>(progress.requests_max);
    line = fmt::format("{:.0f} %  {}  {} (~{} left)", share * 100, line, clock(seconds),
                       clock(seconds * (1 - share) / share));
  }
  if (progress.segments_violating > 0)
    line += fmt::format("  {} broke a promise", counted(progress.segments_violating, "segment"));
  return line;
}

}  // namespace simcheck::reports
