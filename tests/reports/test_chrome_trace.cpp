// Chrome trace events: lanes, slices, arrows and counters fit together.
#include "reports/chrome_trace.hpp"

#include <doctest/doctest.h>

#include <map>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "tests/reports/samples.hpp"

namespace simcheck::test {
namespace {

using nlohmann::json;

json chrome_trace_of(const model::Result& result) {
  std::ostringstream out;
  reports::write_chrome_trace(out, result);
  return json::parse(out.str());
}

std::vector<json> events_of(const model::Result& result, const std::string& phase) {
  std::vector<json> events;
  const json document = chrome_trace_of(result);
  for (const json& event : document["traceEvents"])
    if (event["ph"] == phase) events.push_back(event);
  return events;
}

// The slice of the event's thread that it lies in; null if there is none.
json slice_around(const std::vector<json>& slices, const json& event) {
  for (const json& slice : slices) {
    const int begin = slice["ts"], end = begin + slice["dur"].get<int>(), at = event["ts"];
    if (slice["pid"] == event["pid"] && slice["tid"] == event["tid"] && begin <= at && at < end)
      return slice;
  }
  return nullptr;
}

}  // namespace

TEST_CASE("every event has what its phase needs") {
  const std::map<std::string, std::vector<std::string>> needed = {
      {"M", {"name", "pid", "tid", "args"}},
      {"X", {"name", "cat", "ts", "dur", "pid", "tid", "args"}},
      {"s", {"name", "cat", "id", "ts", "pid", "tid"}},
      {"t", {"name", "cat", "id", "ts", "pid", "tid"}},
      {"f", {"name", "cat", "id", "ts", "pid", "tid", "bp"}},
      {"C", {"name", "ts", "pid", "args"}},
      {"i", {"name", "cat", "s", "ts", "pid", "tid"}}};
  std::map<std::string, int> seen;
  for (const model::Result& result : {racy_result(), deadlocked_result()}) {
    const json document = chrome_trace_of(result);
    for (const json& event : document["traceEvents"]) {
      const std::string phase = event["ph"];
      CAPTURE(event.dump());
      REQUIRE(needed.contains(phase));
      for (const std::string& field : needed.at(phase)) CHECK(event.contains(field));
      ++seen[phase];
    }
  }
  CHECK(seen.size() == needed.size());
  CHECK(chrome_trace_of(passing_result())["traceEvents"] == json::array());
}

TEST_CASE("lanes are threads and steps their slices, in order") {
  const auto slices = events_of(racy_result(), "X");
  REQUIRE(slices.size() == 12);
  for (int i = 0; i < 12; ++i) CHECK(slices[static_cast<std::size_t>(i)]["args"]["step"] == i + 1);
  CHECK(slices[4]["tid"] == 1);
  CHECK(slices[5]["tid"] == 2);
  CHECK(slices[5]["args"]["breaks"] == "no-overlap");
  CHECK(slices[4]["name"] ==
        "data zeroes done; places its entry at log sector 1; submits header @ log 1");
  std::vector<std::string> names;
  for (const json& event : events_of(racy_result(), "M"))
    if (event["name"] == "thread_name") names.push_back(event["args"]["name"]);
  CHECK(names == std::vector<std::string>{"A: zeroes 0 4k", "B: write 8k 4k"});
}

TEST_CASE("arrows begin and end in slices: submission, effect, completion; and dependence") {
  const auto slices = events_of(racy_result(), "X");
  std::map<std::string, std::vector<int>> flows;  // the steps of each, in order
  const json document = chrome_trace_of(racy_result());
  for (const json& event : document["traceEvents"]) {
    if (!event.contains("id")) continue;
    const json slice = slice_around(slices, event);
    REQUIRE_FALSE(slice.is_null());
    flows[event["id"]].push_back(slice["args"]["step"]);
  }
  std::vector<std::vector<int>> steps;
  for (const auto& [id, path] : flows) steps.push_back(path);
  using Path = std::vector<int>;
  CHECK(flows.size() == 7);
  for (const Path& path : {Path{1, 3, 5}, Path{2, 4, 6}, Path{5, 7, 8}, Path{6, 9, 11},
                           Path{8, 10, 12}, Path{5, 6}, Path{6, 8}}) {
    CAPTURE(json(path).dump());
    CHECK(std::ranges::count(steps, path) == 1);
  }
}

TEST_CASE("the race is an arrow of its own, and its slices say so") {
  model::Result result = racy_result();
  result.counterexamples.front().race = model::RacePair{4, 5};
  std::vector<std::uint64_t> times;
  const json document = chrome_trace_of(result);
  for (const json& event : document["traceEvents"])
    if (event.value("cat", "") == "race") times.push_back(event["ts"]);
  CHECK(times == std::vector<std::uint64_t>{4500, 5500});
  const auto slices = events_of(result, "X");
  CHECK(slices[4]["args"]["races_with_step"] == 6);
  CHECK(slices[5]["args"]["races_with_step"] == 5);
  CHECK_FALSE(slices[6]["args"].contains("races_with_step"));
}

TEST_CASE("shared variables that are numbers are counters, from their first value on") {
  std::vector<int> values;
  for (const json& event : events_of(racy_result(), "C"))
    if (event["name"] == "cur_log_sector") values.push_back(event["args"]["value"]);
  CHECK(values == std::vector<int>{1, 2, 11, 19});
  model::Result result = racy_result();
  result.counterexamples.front().trace.steps.front().changes = {{"busy", "false", "true"},
                                                                {"name", "1x", "2x"}};
  std::vector<std::string> names;
  for (const json& event : events_of(result, "C")) names.push_back(event["name"]);
  CHECK(std::ranges::count(names, "busy") == 1);
  CHECK(std::ranges::count(names, "name") == 0);
}

TEST_CASE("findings are marks at their step, or at the end") {
  const auto marks = events_of(racy_result(), "i");
  REQUIRE(marks.size() == 2);
  CHECK(marks[0]["ts"] == 5500);
  CHECK(marks[1]["ts"] == 12000);
}

}  // namespace simcheck::test
