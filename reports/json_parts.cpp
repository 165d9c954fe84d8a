#include "reports/json_parts.hpp"

#include <nlohmann/json.hpp>

#include "reports/verdict.hpp"

namespace simcheck::reports {

void add_counts(nlohmann::ordered_json& json, const model::Counts& counts) {
  json["executions"] = counts.executions;
  json["deadlocked"] = counts.deadlocked;
  json["blocked"] = counts.blocked;
  json["transitions"] = counts.transitions;
}

nlohmann::ordered_json coverage_json(const model::Result& result) {
  return {{"complete", is_complete(result)},
          {"bounds", result.coverage.bounds},
          {"interrupted", result.coverage.interrupted},
          {"stopped_at_violation", stopped_at_violation(result)},
          {"workloads_done", result.workloads_done},
          {"workloads_total", result.workloads_total}};
}

}  // namespace simcheck::reports
