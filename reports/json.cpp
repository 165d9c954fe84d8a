#include "reports/json.hpp"

#include <nlohmann/json.hpp>
#include <ostream>
#include <vector>

#include "model/failure_text.hpp"
#include "reports/faults.hpp"
#include "reports/json_parts.hpp"
#include "reports/replay_line.hpp"
#include "reports/sampling.hpp"
#include "reports/states.hpp"
#include "reports/verdict.hpp"

namespace simcheck::reports {
namespace {

using nlohmann::ordered_json;

template <typename Items, typename Convert>
ordered_json array_of(const Items& items, Convert convert) {
  ordered_json array = ordered_json::array();
  for (const auto& item : items) array.push_back(convert(item));
  return array;
}

ordered_json property_json(const model::Result& result, const model::PropertyResult& property) {
  return {{"name", property.name},
          {"verdict", to_string(property.verdict)},
          {"claim", claim(result, property)},
          {"reason", property.reason}};
}

ordered_json broken_json(const model::Broken& broken) {
  return {{"property", broken.property}, {"reason", broken.reason}, {"known", broken.known}};
}

ordered_json workload_json(const model::WorkloadResult& workload) {
  ordered_json json = {{"workload", workload.workload}, {"violated", workload.violated}};
  add_counts(json, workload.counts);
  if (workload.cut_short) json["cut_short"] = true;
  if (workload.sampled) json["sampled"] = sampled_json(*workload.sampled);
  if (workload.visited) json["visited"] = visited_json(*workload.visited);
  if (!workload.plans.empty()) json["plans"] = workload.plans;
  if (!workload.broken.empty()) json["broken"] = array_of(workload.broken, broken_json);
  return json;
}

const char* name_of(model::StepKind kind) {
  switch (kind) {
    case model::StepKind::kStart:
      return "start";
    case model::StepKind::kResume:
      return "resume";
    case model::StepKind::kEffect:
      return "effect";
    case model::StepKind::kCut:
      return "cut";
  }
  return "";
}

const char* name_of(model::StepIo::Moment moment) {
  switch (moment) {
    case model::StepIo::Moment::kSubmitted:
      return "submitted";
    case model::StepIo::Moment::kTookEffect:
      return "took effect";
    case model::StepIo::Moment::kCompleted:
      return "completed";
  }
  return "";
}

ordered_json io_json(const model::StepIo& io) {
  const bool is_submission = io.moment == model::StepIo::Moment::kSubmitted;
  return {{"moment", name_of(io.moment)},
          {"kind", io.kind},
          {"device", io.device},
          {"what", io.what},
          {"offset", io.offset},
          {"length", io.length},
          {"status", is_submission ? ordered_json() : ordered_json(io.status)},
          {"fault", is_submission ? "" : io.fault}};
}

ordered_json change_json(const model::Change& change) {
  return {{"object", change.object}, {"before", change.before}, {"after", change.after}};
}

ordered_json lane_json(const model::Lane& lane) {
  return {{"name", lane.name},
          {"title", lane.title},
          {"thread", lane.thread.value_or(0)},
          {"waits_for", lane.waits_for}};
}

ordered_json entry_json(const model::PlacedEntry& entry) {
  return {{"lane", entry.lane},
          {"step", entry.step + 1},
          {"header_sector", entry.header_sector},
          {"data_sectors", entry.data_sectors},
          {"data_at", entry.data_at ? ordered_json(*entry.data_at) : ordered_json()},
          {"flags", entry.flags},
          {"header_failed", entry.header_failed}};
}

ordered_json depends_on_json(const model::TraceStep& step) {
  return array_of(step.depends_on, [](std::uint32_t earlier) { return earlier + 1; });
}

// Steps are numbered from 1 here as in the text, so that a finding's step is found at once.
ordered_json steps_json(const model::Trace& trace) {
  std::size_t number = 0;
  return array_of(trace.steps, [&](const model::TraceStep& step) {
    ordered_json json = {{"step", ++number},
                         {"lane", step.lane},
                         {"kind", name_of(step.kind)},
                         {"ios", array_of(step.ios, io_json)},
                         {"changes", array_of(step.changes, change_json)},
                         {"notes", step.notes},
                         {"depends_on", depends_on_json(step)}};
    if (!step.source.empty()) json["source"] = step.source;
    return json;
  });
}

ordered_json findings_json(const model::Counterexample& counterexample) {
  return array_of(counterexample.findings, [&](const model::Finding& finding) {
    const bool at_end = finding.step >= counterexample.trace.steps.size();
    return ordered_json{{"property", finding.property},
                        {"reason", finding.reason},
                        {"step", at_end ? ordered_json() : ordered_json(finding.step + 1)},
                        {"known", finding.known}};
  });
}

ordered_json size_json(const model::StorySize& size) {
  return {{"requests", size.requests},
          {"faults", size.faults},
          {"switches", size.switches},
          {"steps", size.steps}};
}

ordered_json shrunk_json(const model::Shrunk& shrunk) {
  return {{"before", size_json(shrunk.before)},
          {"after", size_json(shrunk.after)},
          {"candidates", shrunk.candidates},
          {"limit_reached", shrunk.limit_reached}};
}

}  // namespace

ordered_json to_json(const model::Result& result, const model::Counterexample& counterexample) {
  const model::Trace& trace = counterexample.trace;
  ordered_json json = {{"workload", counterexample.workload},
                       {"found_in", counterexample.found_in},
                       {"schedule", counterexample.schedule},
                       {"fault_plan", counterexample.fault_plan},
                       {"replay", replay_line(result, counterexample)},
                       {"deadlock", counterexample.deadlock},
                       {"findings", findings_json(counterexample)},
                       {"log_sector_size", trace.log_sector_size},
                       {"first_log_sector", trace.first_log_sector},
                       {"lanes", array_of(trace.lanes, lane_json)},
                       {"steps", steps_json(trace)},
                       {"entries", array_of(trace.entries, entry_json)},
                       {"final_state", array_of(trace.final_state, change_json)}};
  if (counterexample.race) {
    json["race_pair"] = {counterexample.race->first + 1, counterexample.race->second + 1};
  }
  if (counterexample.shrunk) json["shrunk"] = shrunk_json(*counterexample.shrunk);
  return json;
}

ordered_json to_json(const model::Result& result) {
  ordered_json json = {{"format", "simcheck-result"},
                       {"version", kJsonVersion},
                       {"driver", result.driver},
                       {"workload_set", result.workload_set},
                       {"depth", result.depth},
                       {"threads", result.threads},
                       {"super_interval", result.super_interval},
                       {"settings", result.settings},
                       {"strategy", result.strategy},
                       {"reductions", result.reductions},
                       {"verdict", to_string(result.verdict)},
                       {"claim", verdict_line(result)},
                       {"coverage", coverage_json(result)}};
  if (result.violation_expected) json["expectation"] = expectation(result);
  add_counts(json, result.counts);
  if (result.sampling) json["sampling"] = sampling_json(*result.sampling);
  if (result.visited) json["visited"] = visited_json(*result.visited);
  if (result.faults) json["faults"] = faults_json(*result.faults);
  if (result.crashes) {
    json["power_cut"] = {{"durability", result.durability},
                         {"states", result.crashes->states},
                         {"recoveries", result.crashes->recoveries},
                         {"images", result.crashes->images}};
    if (!result.recovery.empty()) {
      json["power_cut"]["recovery"] = result.recovery;
      json["power_cut"]["cuts"] = result.cuts;
      json["power_cut"]["recoveries_cut"] = result.crashes->recoveries_cut;
    }
  }
  if (!result.initial_log.empty()) json["initial_log"] = result.initial_log;
  json["properties"] = array_of(
      result.properties, [&](const auto& property) { return property_json(result, property); });
  json["workloads"] = array_of(result.workloads, workload_json);
  json["counterexamples"] = array_of(result.counterexamples, [&](const auto& counterexample) {
    return to_json(result, counterexample);
  });
  if (result.failure) json["error"] = model::failure_text(result.failure);
  if (result.replayed) json["execution"] = to_json(result, *result.replayed);
  return json;
}

void write_json(std::ostream& out, const model::Result& result) {
  out << to_json(result).dump(2, ' ', false, ordered_json::error_handler_t::replace) << '\n';
}

}  // namespace simcheck::reports
