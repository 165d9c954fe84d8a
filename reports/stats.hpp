// What a run cost, for standard error and for --stats. The document is described by
// docs/stats.schema.json and docs/long-runs.md.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "model/result.hpp"
#include "model/run_statistics.hpp"

namespace simcheck::reports {

inline constexpr int kStatsVersion = 1;

nlohmann::ordered_json stats_json(const model::Result& result,
                                  const model::RunStatistics& statistics);

/// "1:05, 456k executions/s, peak memory 15.2m". No newline.
std::string cost_line(const model::Result& result, const model::RunStatistics& statistics);

}  // namespace simcheck::reports
