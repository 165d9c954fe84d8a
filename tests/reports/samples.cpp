#include "tests/reports/samples.hpp"

#include <algorithm>
#include <sstream>

#include "reports/plain_text.hpp"
#include "reports/text.hpp"

namespace simcheck::test {
namespace {

using model::Change;
using model::StepIo;
using model::StepKind;
using model::TraceStep;
using Moment = model::StepIo::Moment;

constexpr std::uint64_t kSector = 512;

StepIo data_io(Moment moment, const std::string& kind, std::uint64_t offset) {
  return {moment, kind, "data", "", offset, 4096, "ok"};
}

StepIo log_io(Moment moment, const std::string& kind, const std::string& what, std::uint64_t sector,
              std::uint64_t sectors) {
  return {moment, kind, "log", what, sector * kSector, sectors * kSector, "ok"};
}

TraceStep start(std::uint32_t lane, StepIo submitted) {
  return {.lane = lane, .kind = StepKind::kStart, .ios = {std::move(submitted)}};
}

TraceStep effect(std::uint32_t lane, StepIo io) {
  return {.lane = lane, .kind = StepKind::kEffect, .ios = {std::move(io)}};
}

TraceStep last(std::uint32_t lane, StepIo completed) {
  return {.lane = lane,
          .kind = StepKind::kResume,
          .ios = {std::move(completed)},
          .notes = {"acknowledged: ok"}};
}

std::vector<TraceStep> racy_steps() {
  const auto submitted = Moment::kSubmitted, took_effect = Moment::kTookEffect,
             completed = Moment::kCompleted;
  return {
      start(0, data_io(submitted, "zeroes", 0)),
      start(1, data_io(submitted, "write", 8192)),
      effect(0, data_io(took_effect, "zeroes", 0)),
      effect(1, data_io(took_effect, "write", 8192)),
      {.lane = 0,
       .kind = StepKind::kResume,
       .ios = {data_io(completed, "zeroes", 0), log_io(submitted, "write", "header", 1, 1)},
       .changes = {{"nr_entries", "0", "1"}, {"cur_log_sector", "1", "2"}},
       .notes = {"places its entry at log sector 1"}},
      {.lane = 1,
       .kind = StepKind::kResume,
       .ios = {data_io(completed, "write", 8192), log_io(submitted, "write", "header+data", 2, 9)},
       .changes = {{"nr_entries", "1", "2"}, {"cur_log_sector", "2", "11"}},
       .notes = {"places its entry at log sector 2"},
       .depends_on = {4}},
      effect(0, log_io(took_effect, "write", "header", 1, 1)),
      {.lane = 0,
       .kind = StepKind::kResume,
       .ios = {log_io(completed, "write", "header", 1, 1),
               log_io(submitted, "zeroes", "zeroes", 11, 8)},
       .changes = {{"cur_log_sector", "11", "19"}},
       .depends_on = {5}},
      effect(1, log_io(took_effect, "write", "header+data", 2, 9)),
      effect(0, log_io(took_effect, "zeroes", "zeroes", 11, 8)),
      last(1, log_io(completed, "write", "header+data", 2, 9)),
      last(0, log_io(completed, "zeroes", "zeroes", 11, 8)),
  };
}

}  // namespace

model::Result passing_result() {
  return {.driver = "fixed",
          .workload_set = "default set of depth 2",
          .depth = 2,
          .strategy = "dpor",
          .reductions = {"trace equivalence", "symmetry"},
          .verdict = model::Verdict::kHolds,
          .counts = {.executions = 1234567, .blocked = 0, .transitions = 23456789},
          .workloads_total = 2,
          .workloads_done = 2,
          .properties = {{"no-overlap", model::Verdict::kHolds, ""},
                         {"acked-order", model::Verdict::kNotExercised, ""}},
          .workloads = {{"write 0 4k", {.executions = 1, .transitions = 5}},
                        {"write 0 4k, write 8k 4k", {.executions = 6, .transitions = 60}}}};
}

model::Counterexample racy_counterexample() {
  model::Counterexample example{.workload = "zeroes 0 4k, write 8k 4k",
                                .found_in = "zeroes 0 4k, write 8k 4k",
                                .schedule = "s1:0.1.0.1*4"};
  example.findings = {{"no-overlap", "A's entry [1, 10) covers B's header at log sector 2", 5},
                      {"log-parses", "the walk meets data of B at log sector 10", 12}};
  example.trace.lanes = {{"A", "zeroes 0 4k", ""}, {"B", "write 8k 4k", ""}};
  example.trace.steps = racy_steps();
  example.trace.entries = {{.lane = 0, .header_sector = 1, .data_sectors = 8, .data_at = 11},
                           {.lane = 1, .header_sector = 2, .data_sectors = 8, .data_at = 3}};
  example.trace.final_state = {{"cur_log_sector", "1", "19"}, {"nr_entries", "0", "2"}};
  return example;
}

model::Result racy_result() {
  model::Result result = passing_result();
  result.driver = "buggy";
  result.verdict = model::Verdict::kViolated;
  result.coverage.stopped_at_violation = true;
  result.counts = {.executions = 8, .transitions = 77};
  result.workloads_done = 1;
  result.workloads = {{"zeroes 0 4k, write 8k 4k", result.counts, true}};
  result.workloads.front().broken = {{"no-overlap", "A's entry covers B's header"},
                                     {"log-parses", "the walk meets data"}};
  result.properties = {{"no-overlap", model::Verdict::kViolated, "A's entry covers B's header"},
                       {"log-parses", model::Verdict::kViolated, "the walk meets data"},
                       {"terminates", model::Verdict::kHolds, ""}};
  result.counterexamples = {racy_counterexample()};
  return result;
}

model::Result deadlocked_result() {
  model::Result result = racy_result();
  model::Counterexample& example = result.counterexamples.front();
  result.driver = "mutex-v2";
  result.properties = {{"deadlock-free", model::Verdict::kViolated, "both wait"}};
  example.deadlock = true;
  example.workload = "flush, flush";
  example.findings = {{"deadlock-free", "A waits for B\nB waits for A", 3}};
  example.trace.lanes = {{"A", "flush", "its thread, which is stopped"},
                         {"B", "flush", "condition variable super_updated"}};
  example.trace.steps = {start(0, {Moment::kSubmitted, "flush", "log", "", 0, 0, ""}),
                         effect(0, {Moment::kTookEffect, "flush", "log", "", 0, 0, "ok"}),
                         {.lane = 1, .kind = StepKind::kStart, .notes = {"stops its thread"}}};
  example.trace.entries = {};
  return result;
}

model::Counterexample sequential_counterexample(std::uint32_t lanes, std::uint64_t sectors) {
  model::Counterexample example{.workload = "many", .schedule = "s1:0"};
  std::uint64_t cur = 1;
  for (std::uint32_t lane = 0; lane < lanes; ++lane) {
    const auto name = std::string(1, static_cast<char>('A' + lane));
    example.trace.lanes.push_back({name, "write " + std::to_string(lane * 8) + "k 4k", ""});
    example.trace.steps.push_back(
        {.lane = lane,
         .kind = StepKind::kStart,
         .ios = {log_io(Moment::kSubmitted, "write", "header+data", cur, sectors + 1)},
         .changes = {{"cur_log_sector", std::to_string(cur), std::to_string(cur + sectors + 1)}}});
    example.trace.steps.push_back(
        effect(lane, log_io(Moment::kTookEffect, "write", "header+data", cur, sectors + 1)));
    example.trace.entries.push_back({lane, cur, sectors, cur + 1});
    cur += sectors + 1;
  }
  return example;
}

std::string text_of(const model::Result& result, std::size_t width, bool verbose) {
  std::ostringstream out;
  reports::write_text(out, result, {.width = width, .verbose = verbose});
  return out.str();
}

std::size_t widest_line(const std::string& text) {
  std::istringstream lines(text);
  std::size_t widest = 0;
  for (std::string line; std::getline(lines, line);) {
    if (line.find("--replay") == std::string::npos) {
      widest = std::max(widest, reports::columns(line));
    }
  }
  return widest;
}

}  // namespace simcheck::test
