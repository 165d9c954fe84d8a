#include "reports/events.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "reports/figures.hpp"
#include "reports/json_parts.hpp"
#include "reports/replay_line.hpp"
#include "reports/verdict.hpp"

namespace simcheck::reports {
namespace {

using nlohmann::ordered_json;

ordered_json event(const char* name) { return {{"event", name}}; }

// Second in the line, so that a plain search finds these.
ordered_json timed_event(const char* name) { return {{"event", name}, {"timed", true}}; }

std::string line(const ordered_json& json) {
  return json.dump(-1, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

ordered_json names_of_broken(const model::Counterexample& example) {
  ordered_json names = ordered_json::array();
  for (const model::Finding& finding : example.findings) names.push_back(finding.property);
  return names;
}

// The workload, what of it is broken and how to see that.
void add_example(ordered_json& json, const model::Result& result,
                 const model::Counterexample& example) {
  json["workload"] = example.workload;
  json["properties"] = names_of_broken(example);
  json["reason"] = example.findings.empty() ? "" : example.findings.front().reason;
  json["steps"] = example.trace.steps.size();
  json["replay"] = replay_line(result, example);
}

}  // namespace

std::string start_event(std::string_view version, const EventSettings& settings,
                        std::uint64_t workloads) {
  ordered_json json = event("start");
  json["format"] = "simcheck-events";
  json["version"] = kEventsVersion;
  json["simcheck"] = version;
  json["workloads"] = workloads;
  json["settings"] = ordered_json::object();
  for (const auto& [option, value] : settings) json["settings"][option] = value;
  return line(json);
}

std::string progress_event(const model::Progress& progress) {
  const std::uint64_t executions = progress.counts.executions;
  const std::uint64_t of_run = executions - std::min(progress.executions_before, executions);
  ordered_json json = timed_event("progress");
  json["seconds"] = progress.seconds;
  json["workloads_done"] = progress.workloads_done;
  json["workloads"] = progress.workloads_total;
  json["workload"] = progress.workload;
  add_counts(json, progress.counts);
  json["executions_per_second"] = per_second(of_run, progress.seconds);
  json["share"] = std::clamp(progress.share, 0.0, 1.0);
  return line(json);
}

std::string violation_event(const model::Result& result, std::uint64_t workload,
                            const model::Counterexample& found) {
  ordered_json json = event("violation");
  json["number"] = workload;
  add_example(json, result, found);
  return line(json);
}

std::string workload_event(const model::WorkloadDone& done) {
  ordered_json json = event("workload");
  json["number"] = done.number;
  json["workload"] = done.workload.workload;
  json["violated"] = done.workload.violated;
  add_counts(json, done.workload.counts);
  return line(json);
}

std::string counterexample_event(const model::Result& result,
                                 const model::Counterexample& counterexample) {
  ordered_json json = event("counterexample");
  add_example(json, result, counterexample);
  return line(json);
}

std::string cost_event(const model::Result& result, const model::RunStatistics& statistics) {
  const std::uint64_t executions =
      result.counts.executions -
      std::min(statistics.counts_before.executions, result.counts.executions);
  ordered_json json = timed_event("cost");
  json["seconds"] = statistics.seconds;
  json["executions_per_second"] = per_second(executions, statistics.seconds);
  json["workers"] = statistics.workers;
  json["memory_peak"] = statistics.memory_peak;
  return line(json);
}

std::string end_event(const model::Result& result, int exit_status) {
  ordered_json json = event("end");
  json["verdict"] = to_string(result.verdict);
  json["properties"] = ordered_json::object();
  json["claims"] = ordered_json::object();
  for (const model::PropertyResult& property : result.properties) {
    json["properties"][property.name] = to_string(property.verdict);
    json["claims"][property.name] = claim(result, property);
  }
  json["coverage"] = coverage_json(result);
  add_counts(json, result.counts);
  json["exit_status"] = exit_status;
  return line(json);
}

std::string error_event(std::string_view message) {
  ordered_json json = event("error");
  json["message"] = message;
  return line(json);
}

}  // namespace simcheck::reports
