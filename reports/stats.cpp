#include "reports/stats.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "reports/figures.hpp"

namespace simcheck::reports {
namespace {

using model::RunStatistics;
using nlohmann::ordered_json;

// Of this run, without those that it goes on from.
std::uint64_t executions_of_run(const model::Result& result, const RunStatistics& statistics) {
  const std::uint64_t before = statistics.counts_before.executions;
  return result.counts.executions - std::min(before, result.counts.executions);
}

ordered_json exploration_json(const model::ExplorerStatistics& exploration) {
  return {{"transitions_run", exploration.transitions_run},
          {"probes", exploration.probes},
          {"checkpoints_saved", exploration.checkpoints_saved},
          {"checkpoints_restored", exploration.checkpoints_restored},
          {"restarts", exploration.restarts},
          {"no_checkpoints", exploration.no_checkpoints}};
}

ordered_json workload_json(const model::WorkloadStatistics& workload) {
  ordered_json json = {
      {"workload", workload.workload}, {"seconds", workload.seconds}, {"parts", workload.parts}};
  json.update(exploration_json(workload.exploration));
  return json;
}

}  // namespace

ordered_json stats_json(const model::Result& result, const RunStatistics& statistics) {
  model::ExplorerStatistics all;
  std::uint64_t splits = 0;
  ordered_json workloads = ordered_json::array();
  for (const model::WorkloadStatistics& workload : statistics.workloads) {
    all += workload.exploration;
    if (workload.parts > 0) ++splits;
    workloads.push_back(workload_json(workload));
  }
  const std::uint64_t executions = executions_of_run(result, statistics);
  return {{"format", "simcheck-stats"},
          {"version", kStatsVersion},
          {"verdict", to_string(result.verdict)},
          {"seconds", statistics.seconds},
          {"seconds_before", statistics.seconds_before},
          {"executions", executions},
          {"executions_before", statistics.counts_before.executions},
          {"executions_per_second", per_second(executions, statistics.seconds)},
          {"workers", statistics.workers},
          {"memory_peak", statistics.memory_peak},
          {"saves", statistics.saves},
          {"save_seconds", statistics.save_seconds},
          {"save_bytes", statistics.save_bytes},
          {"splits", splits},
          {"exploration", exploration_json(all)},
          {"workloads", workloads}};
}

std::string cost_line(const model::Result& result, const RunStatistics& statistics) {
  std::string executions = rate(executions_of_run(result, statistics), statistics.seconds);
  executions.insert(executions.size() - 2, " executions");
  return fmt::format("{}, {}, peak memory {}", clock(statistics.seconds), executions,
                     memory(statistics.memory_peak));
}

}  // namespace simcheck::reports
