#include "reports/sarif.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <nlohmann/json.hpp>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/failure_text.hpp"
#include "reports/lane_table.hpp"
#include "reports/replay_line.hpp"
#include "reports/source_line.hpp"
#include "reports/step_text.hpp"
#include "reports/verdict.hpp"

namespace simcheck::reports {
namespace {

using model::Counterexample;
using model::Finding;
using nlohmann::ordered_json;

ordered_json text(const std::string& words) { return {{"text", words}}; }

ordered_json logical_location(const std::string& name, const std::string& full_name,
                              const char* kind) {
  return {{"name", name}, {"fullyQualifiedName", full_name}, {"kind", kind}};
}

ordered_json driver_location(const model::Result& result) {
  return logical_location(result.driver, result.driver, "module");
}

ordered_json lane_location(const model::Result& result, const model::Lane& lane) {
  return logical_location(lane.name, fmt::format("{}.{}", result.driver, lane.name), "function");
}

std::string percent_encoded(const std::string& path) {
  std::string uri;
  for (const char c : path) {
    const bool is_plain = std::isalnum(static_cast<unsigned char>(c)) != 0 ||
                          std::string_view("/._~-+").find(c) != std::string_view::npos;
    uri += is_plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return uri;
}

// A path that is not absolute is relative to where the sources are.
ordered_json physical_location(const SourceLine& source) {
  const bool is_absolute = source.file.starts_with('/');
  ordered_json file = {{"uri", (is_absolute ? "file://" : "") + percent_encoded(source.file)}};
  if (!is_absolute) file["uriBaseId"] = "SRCROOT";
  return {{"artifactLocation", std::move(file)}, {"region", {{"startLine", source.line}}}};
}

ordered_json rules(const model::Result& result) {
  ordered_json rules = ordered_json::array();
  for (const model::PropertyResult& property : result.properties) {
    ordered_json rule = {{"id", property.name}, {"defaultConfiguration", {{"level", "error"}}}};
    if (!property.summary.empty()) rule["shortDescription"] = text(property.summary);
    rules.push_back(std::move(rule));
  }
  return rules;
}

// Values behind the step, as far as it changed them.
ordered_json state_of(const model::TraceStep& step) {
  ordered_json state = ordered_json::object();
  for (const model::Change& change : step.changes) state[change.object] = text(change.after);
  return state;
}

ordered_json step_location(const model::Result& result, const Counterexample& example,
                           std::size_t i, const std::string& message) {
  const model::TraceStep& step = example.trace.steps[i];
  ordered_json location = {
      {"message", text(message)},
      {"logicalLocations",
       ordered_json::array({lane_location(result, example.trace.lanes[step.lane])})}};
  if (const auto source = source_line(step))
    location["physicalLocation"] = physical_location(*source);
  return location;
}

ordered_json flow_location(const model::Result& result, const Counterexample& example,
                           std::size_t i, const std::string& words, bool breaks) {
  const model::TraceStep& step = example.trace.steps[i];
  const bool is_essential = breaks || race_partner(example, i);
  ordered_json location = {
      {"location", step_location(result, example, i, fmt::format("{}: {}", i + 1, words))},
      {"executionOrder", i + 1},
      {"importance", is_essential ? "essential" : "important"}};
  if (!step.changes.empty()) location["state"] = state_of(step);
  return location;
}

// Lanes that never ran are no part of the flow: a thread flow must not be empty.
ordered_json code_flow(const model::Result& result, const Counterexample& example) {
  const std::vector<std::string> texts = step_texts(example), broken = broken_by_step(example);
  ordered_json threads = ordered_json::array();
  for (std::size_t lane = 0; lane < example.trace.lanes.size(); ++lane) {
    ordered_json locations = ordered_json::array();
    for (std::size_t i = 0; i < texts.size(); ++i)
      if (example.trace.steps[i].lane == lane)
        locations.push_back(flow_location(result, example, i, texts[i], !broken[i].empty()));
    if (locations.empty()) continue;
    const model::Lane& fiber = example.trace.lanes[lane];
    threads.push_back({{"id", fiber.name},
                       {"message", text(lane_heading(fiber))},
                       {"locations", std::move(locations)}});
  }
  return {{"message", text(example.workload)}, {"threadFlows", std::move(threads)}};
}

// The two steps of the race: in the other order, nothing would be broken.
ordered_json race_locations(const model::Result& result, const Counterexample& example) {
  const std::vector<std::string> texts = step_texts(example);
  ordered_json locations = ordered_json::array();
  for (const std::size_t step : {example.race->first, example.race->second}) {
    locations.push_back(step_location(result, example, step,
                                      fmt::format("race, step {}: {}", step + 1, texts[step])));
    locations.back()["id"] = locations.size();
  }
  return locations;
}

std::size_t rule_index(const model::Result& result, const std::string& property) {
  const auto rule = std::ranges::find(result.properties, property, &model::PropertyResult::name);
  return static_cast<std::size_t>(rule - result.properties.begin());
}

// The same finding keeps its fingerprint while the workload that shows it stays the same.
ordered_json result_of(const model::Result& result, const Counterexample& example,
                       const Finding& finding) {
  ordered_json json = {{"ruleId", finding.property}};
  const std::size_t index = rule_index(result, finding.property);
  if (index < result.properties.size()) json["ruleIndex"] = index;
  json["kind"] = "fail";
  json["level"] = result.violation_expected ? "note" : "error";
  json["message"] =
      text(fmt::format("{} breaks {} under '{}', {}: {}\nSee it again with\n{}", result.driver,
                       finding.property, example.workload, moment_text(example, finding),
                       finding.reason, replay_line(result, example)));
  ordered_json location = {{"logicalLocations", ordered_json::array({driver_location(result)})}};
  if (const auto source = source_line(example.trace, finding))
    location["physicalLocation"] = physical_location(*source);
  json["locations"] = ordered_json::array({std::move(location)});
  if (!example.trace.steps.empty())
    json["codeFlows"] = ordered_json::array({code_flow(result, example)});
  if (example.race) json["relatedLocations"] = race_locations(result, example);
  json["partialFingerprints"] = {
      {"simcheckFinding/v1",
       fmt::format("{}/{}/{}", result.driver, finding.property, example.workload)}};
  if (finding.known || result.has_baseline)
    json["baselineState"] = finding.known ? "unchanged" : "new";
  return json;
}

ordered_json notification(const char* level, const std::string& words) {
  return {{"level", level}, {"message", text(words)}};
}

ordered_json invocation(const model::Result& result) {
  ordered_json notifications = ordered_json::array();
  if (!is_complete(result))
    notifications.push_back(notification("note", "explored: " + extent(result)));
  if (result.violation_expected) {
    const bool found = result.verdict == model::Verdict::kViolated;
    notifications.push_back(notification(found ? "note" : "error", expectation(result)));
  }
  if (result.failure)
    notifications.push_back(notification("error", model::failure_text(result.failure)));
  ordered_json json = {{"executionSuccessful", !result.failure}};
  if (!notifications.empty()) json["toolExecutionNotifications"] = std::move(notifications);
  return json;
}

}  // namespace

void write_sarif(std::ostream& out, const model::Result& result) {
  ordered_json results = ordered_json::array();
  for (const Counterexample& example : result.counterexamples)
    for (const Finding& finding : example.findings)
      results.push_back(result_of(result, example, finding));
  const ordered_json run = {
      {"tool", {{"driver", {{"name", "simcheck"}, {"rules", rules(result)}}}}},
      {"invocations", ordered_json::array({invocation(result)})},
      {"columnKind", "unicodeCodePoints"},
      {"results", std::move(results)}};
  const ordered_json document = {{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                                 {"version", "2.1.0"},
                                 {"runs", ordered_json::array({run})}};
  out << document.dump(2, ' ', false, ordered_json::error_handler_t::replace) << '\n';
}

}  // namespace simcheck::reports
