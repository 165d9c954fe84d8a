#include "reports/trace_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "reports/json.hpp"
#include "reports/replay_line.hpp"

namespace simcheck::reports {
namespace {

using nlohmann::ordered_json;

ordered_json accesses_json(const model::TraceStep& step) {
  ordered_json accesses = ordered_json::array();
  for (const model::StepAccess& access : step.accesses) {
    accesses.push_back({{"object", access.object}, {"how", access.how}});
    if (access.begin == 0 && access.end == 0) continue;  // all of the object
    accesses.back()["begin"] = access.begin;
    accesses.back()["end"] = access.end;
  }
  return accesses;
}

// Steps count from 1 in the file, and from 0 here.
std::size_t step_from(const ordered_json& number, std::size_t steps) {
  if (number.is_null()) return steps;
  const auto step = number.get<std::size_t>();
  if (step == 0 || step > steps)
    throw TraceFileError(fmt::format("there is no step {} of {}", step, steps));
  return step - 1;
}

model::StepKind kind_from(const std::string& name) {
  if (name == "start") return model::StepKind::kStart;
  if (name == "resume") return model::StepKind::kResume;
  if (name == "effect") return model::StepKind::kEffect;
  if (name == "cut") return model::StepKind::kCut;
  throw TraceFileError(fmt::format("'{}' is no kind of step", name));
}

model::StepIo::Moment moment_from(const std::string& name) {
  using Moment = model::StepIo::Moment;
  if (name == "submitted") return Moment::kSubmitted;
  if (name == "took effect") return Moment::kTookEffect;
  if (name == "completed") return Moment::kCompleted;
  throw TraceFileError(fmt::format("'{}' is no moment of a disk request", name));
}

model::StepIo io_from(const ordered_json& json) {
  const ordered_json& status = json.at("status");
  return {.moment = moment_from(json.at("moment")),
          .kind = json.at("kind"),
          .device = json.at("device"),
          .what = json.at("what"),
          .offset = json.at("offset"),
          .length = json.at("length"),
          .status = status.is_null() ? "ok" : status.get<std::string>(),
          .fault = json.at("fault")};
}

model::Change change_from(const ordered_json& json) {
  return {json.at("object"), json.at("before"), json.at("after")};
}

template <typename Item, typename Read>
std::vector<Item> list_from(const ordered_json& json, const Read& read) {
  std::vector<Item> items;
  for (const ordered_json& item : json) items.push_back(read(item));
  return items;
}

model::StepAccess access_from(const ordered_json& json) {
  return {json.at("object"), json.at("how"), json.value("begin", std::uint64_t{0}),
          json.value("end", std::uint64_t{0})};
}

model::TraceStep step_from_json(const ordered_json& json) {
  return {.lane = json.at("lane"),
          .kind = kind_from(json.at("kind")),
          .ios = list_from<model::StepIo>(json.at("ios"), io_from),
          .changes = list_from<model::Change>(json.at("changes"), change_from),
          .notes = json.at("notes"),
          .accesses = list_from<model::StepAccess>(json.at("accesses"), access_from),
          .source = json.value("source", std::string())};
}

model::PlacedEntry entry_from(const ordered_json& json) {
  model::PlacedEntry entry{.lane = json.at("lane"),
                           .header_sector = json.at("header_sector"),
                           .data_sectors = json.at("data_sectors"),
                           .flags = json.at("flags"),
                           .header_failed = json.at("header_failed")};
  if (!json.at("data_at").is_null()) entry.data_at = json.at("data_at").get<std::uint64_t>();
  return entry;
}

model::Lane lane_from(const ordered_json& json) {
  return {.name = json.at("name"), .title = json.at("title"), .waits_for = json.at("waits_for")};
}

model::Trace trace_from(const ordered_json& json) {
  model::Trace trace{.lanes = list_from<model::Lane>(json.at("lanes"), lane_from),
                     .steps = list_from<model::TraceStep>(json.at("steps"), step_from_json),
                     .entries = list_from<model::PlacedEntry>(json.at("entries"), entry_from),
                     .log_sector_size = json.at("log_sector_size"),
                     .first_log_sector = json.at("first_log_sector"),
                     .final_state = list_from<model::Change>(json.at("final_state"), change_from)};
  const auto require_lane = [&](std::size_t lane) {
    if (lane >= trace.lanes.size()) throw TraceFileError(fmt::format("there is no lane {}", lane));
  };
  for (const model::TraceStep& step : trace.steps) require_lane(step.lane);
  for (const model::PlacedEntry& entry : trace.entries) require_lane(entry.lane);
  if (trace.log_sector_size == 0) throw TraceFileError("a log sector has no bytes");
  return trace;
}

model::Counterexample example_from(const ordered_json& json) {
  model::Counterexample example{.workload = json.at("workload"),
                                .schedule = json.at("schedule"),
                                .fault_plan = json.at("fault_plan"),
                                .deadlock = json.at("deadlock"),
                                .trace = trace_from(json)};
  const std::size_t steps = example.trace.steps.size();
  for (const ordered_json& finding : json.at("findings")) {
    example.findings.push_back(
        {.property = finding.at("property"),
         .reason = finding.at("reason"),
         .step = static_cast<std::uint32_t>(step_from(finding.at("step"), steps))});
  }
  if (!json.contains("race_pair")) return example;
  const ordered_json& race = json["race_pair"];
  example.race = model::RacePair{step_from(race.at(0), steps), step_from(race.at(1), steps)};
  return example;
}

TraceFile file_from(const ordered_json& json) {
  if (!json.is_object() || json.value("format", "") != "simcheck-trace")
    throw TraceFileError("it is no trace of simcheck (\"format\": \"simcheck-trace\")");
  if (json.at("version") != kTraceVersion)
    throw TraceFileError(fmt::format("it has version {}, and this program reads version {}",
                                     json.at("version").dump(), kTraceVersion));
  return {.simcheck = json.at("simcheck"),
          .arguments = json.at("arguments"),
          .example = example_from(json.at("counterexample"))};
}

}  // namespace

std::string trace_document(const model::Result& result, const model::Counterexample& example,
                           std::string_view simcheck) {
  ordered_json counterexample = to_json(result, example);
  for (std::size_t i = 0; i < example.trace.steps.size(); ++i)
    counterexample["steps"][i]["accesses"] = accesses_json(example.trace.steps[i]);
  const ordered_json document = {{"format", "simcheck-trace"},
                                 {"version", kTraceVersion},
                                 {"simcheck", simcheck},
                                 {"arguments", replay_arguments(result, example)},
                                 {"counterexample", std::move(counterexample)}};
  return document.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

TraceFile parse_trace(std::string_view text) {
  try {
    return file_from(ordered_json::parse(text));
  } catch (const nlohmann::json::parse_error& error) {
    if (error.byte > text.size()) throw TraceFileError("it ends too early");
    throw TraceFileError(fmt::format("it is no JSON, from byte {} on", error.byte));
  } catch (const nlohmann::json::exception& error) {
    const std::string_view what = error.what();  // "[json.exception.NAME] text"
    throw TraceFileError(fmt::format("a field is missing, or of another kind: {}",
                                     what.substr(std::min(what.find("] ") + 2, what.size()))));
  }
}

}  // namespace simcheck::reports
