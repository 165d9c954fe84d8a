#include "reports/chrome_trace.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "reports/lane_table.hpp"
#include "reports/plain_text.hpp"
#include "reports/replay_line.hpp"
#include "reports/shown_executions.hpp"
#include "reports/step_text.hpp"
#include "reports/story.hpp"
#include "reports/verdict.hpp"

namespace simcheck::reports {
namespace {

using model::StepIo;
using model::TraceStep;
using nlohmann::ordered_json;

constexpr std::uint64_t kStep = 1000;  // microseconds

std::string visible(std::string text) {
  std::ranges::replace(text, kFirmBlank, ' ');
  return text;
}

std::optional<std::int64_t> number(const std::string& text) {
  if (text == "true" || text == "false") return text == "true" ? 1 : 0;
  std::int64_t value = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  return error == std::errc{} && stop == end ? std::optional(value) : std::nullopt;
}

// The events of one counterexample.
class Process {
 public:
  Process(ordered_json& events, const model::Counterexample& example, std::size_t pid)
      : events_(events), example_(example), pid_(pid) {}

  void add_all(const model::Result& result) {
    add_names(result);
    add_initial_counters();
    const std::vector<std::string> texts = step_texts(example_);
    const std::vector<std::string> broken = broken_by_step(example_);
    for (std::size_t i = 0; i < example_.trace.steps.size(); ++i) {
      add_slice(i, texts[i], broken[i]);
      for (const StepIo& io : step(i).ios) add_io(i, io);
      for (const std::uint32_t earlier : step(i).depends_on) add_dependence(earlier, i);
      for (const model::Change& change : step(i).changes) add_counter(i, change);
    }
    add_race();
    add_findings();
  }

 private:
  const TraceStep& step(std::size_t i) const { return example_.trace.steps[i]; }

  // An event in the middle of a step, so that it belongs to that step's slice.
  ordered_json at(std::size_t i, const char* phase, const std::string& name,
                  const char* category) const {
    return {{"name", name}, {"cat", category},        {"ph", phase}, {"ts", i * kStep + kStep / 2},
            {"pid", pid_},  {"tid", step(i).lane + 1}};
  }

  void add_metadata(const char* what, ordered_json arguments, std::size_t tid) {
    events_.push_back(
        {{"name", what}, {"ph", "M"}, {"pid", pid_}, {"tid", tid}, {"args", std::move(arguments)}});
  }

  void add_names(const model::Result& result) {
    add_metadata("process_name",
                 {{"name", fmt::format("{}: {}", result.driver, example_.workload)}}, 0);
    add_metadata("process_labels", {{"labels", replay_line(result, example_)}}, 0);
    for (std::size_t lane = 0; lane < example_.trace.lanes.size(); ++lane) {
      add_metadata("thread_name", {{"name", lane_heading(example_.trace.lanes[lane])}}, lane + 1);
      add_metadata("thread_sort_index", {{"sort_index", lane}}, lane + 1);
    }
  }

  void add_slice(std::size_t i, const std::string& text, const std::string& broken) {
    ordered_json arguments = {{"step", i + 1}};
    for (const model::Change& change : step(i).changes)
      arguments[change.object] = fmt::format("{} -> {}", change.before, change.after);
    if (!broken.empty()) arguments["breaks"] = broken;
    if (const auto partner = race_partner(example_, i)) arguments["races_with_step"] = *partner + 1;
    events_.push_back({{"name", text},
                       {"cat", broken.empty() ? "step" : "step,violation"},
                       {"ph", "X"},
                       {"ts", i * kStep},
                       {"dur", kStep},
                       {"pid", pid_},
                       {"tid", step(i).lane + 1},
                       {"args", std::move(arguments)}});
  }

  // A request of a lane is told from the next of the same kind by its number: a lane has no two in
  // flight that are equal in everything.
  void add_io(std::size_t i, const StepIo& io) {
    const auto key = std::tuple(step(i).lane, io.device, io.kind, io.offset, io.length);
    if (io.moment == StepIo::Moment::kSubmitted) in_flight_[key] = ++flows_;
    const auto flow = in_flight_.find(key);
    if (flow == in_flight_.end()) return;  // submitted before the trace begins
    const bool is_last = io.moment == StepIo::Moment::kCompleted;
    const char* const phase = io.moment == StepIo::Moment::kSubmitted ? "s" : (is_last ? "f" : "t");
    add_flow(i, phase, visible(io_name(io, step(i).lane, example_.trace)), "disk", flow->second);
    if (is_last) in_flight_.erase(flow);
  }

  void add_flow(std::size_t i, const char* phase, const std::string& name, const char* category,
                std::uint64_t id) {
    ordered_json event = at(i, phase, name, category);
    event["id"] = fmt::format("{}.{}", pid_, id);
    if (*phase == 'f') event["bp"] = "e";  // it ends at the slice around it, not at the next
    events_.push_back(std::move(event));
  }

  void add_dependence(std::size_t from, std::size_t to) {
    const std::uint64_t id = ++flows_;
    add_flow(from, "s", "depends on", "dependence", id);
    add_flow(to, "f", "depends on", "dependence", id);
  }

  // An arrow, which viewers find by its category.
  void add_race() {
    if (!example_.race) return;
    const std::uint64_t id = ++flows_;
    add_flow(example_.race->first, "s", "race", "race", id);
    add_flow(example_.race->second, "f", "race", "race", id);
  }

  void add_initial_counters() {
    for (const model::Change& change : example_.trace.final_state)
      add_counter_at(0, change.object, change.before);
  }

  void add_counter(std::size_t i, const model::Change& change) {
    add_counter_at((i + 1) * kStep, change.object, change.after);
  }

  void add_counter_at(std::uint64_t time, const std::string& object, const std::string& value) {
    const auto counted = number(value);
    if (!counted) return;
    events_.push_back({{"name", object},
                       {"ph", "C"},
                       {"ts", time},
                       {"pid", pid_},
                       {"args", {{"value", *counted}}}});
  }

  void add_findings() {
    const std::size_t steps = example_.trace.steps.size();
    for (const model::Finding& finding : example_.findings) {
      const std::uint64_t time =
          finding.step < steps ? finding.step * kStep + kStep / 2 : steps * kStep;
      events_.push_back({{"name", "violated: " + finding.property},
                         {"cat", "violation"},
                         {"ph", "i"},
                         {"s", "p"},
                         {"ts", time},
                         {"pid", pid_},
                         {"tid", finding.step < steps ? step(finding.step).lane + 1 : 0},
                         {"args", {{"reason", finding.reason}}}});
    }
  }

  ordered_json& events_;
  const model::Counterexample& example_;
  std::size_t pid_;
  std::uint64_t flows_ = 0;
  std::map<std::tuple<std::uint32_t, std::string, std::string, std::uint64_t, std::uint64_t>,
           std::uint64_t>
      in_flight_;
};

}  // namespace

void write_chrome_trace(std::ostream& out, const model::Result& result) {
  ordered_json events = ordered_json::array();
  std::size_t pid = 0;
  for (const model::Counterexample& example : shown_executions(result))
    Process(events, example, ++pid).add_all(result);
  const ordered_json document = {
      {"traceEvents", std::move(events)},
      {"displayTimeUnit", "ms"},
      {"otherData", {{"driver", result.driver}, {"verdict", verdict_line(result)}}}};
  out << document.dump(1, ' ', false, ordered_json::error_handler_t::replace) << '\n';
}

}  // namespace simcheck::reports
