// SARIF: its schema, the rules that results point to, and code flows that hold every step.
#include "reports/sarif.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "tests/reports/samples.hpp"
#include "tests/support/files.hpp"
#include "tests/support/json_schema.hpp"
#include "tests/support/paths.hpp"

namespace simcheck::test {
namespace {

using nlohmann::json;

json run_of(const model::Result& result) {
  std::ostringstream out;
  reports::write_sarif(out, result);
  const json document = json::parse(out.str());
  const json schema = json::parse(read_file(source_dir() / "tests/reports/sarif.schema.json"));
  CHECK(schema_errors(schema, document) == std::vector<std::string>{});
  return document["runs"][0];
}

}  // namespace

TEST_CASE("every kind of result keeps to the schema, and its bytes to JSON") {
  CHECK(run_of(passing_result())["results"].empty());
  CHECK(run_of({})["results"].empty());
  CHECK(run_of(deadlocked_result())["results"].size() == 1);
  model::Result result = racy_result();
  result.driver = "a\"b\\c\n\x1b\xff";
  CHECK(run_of(result)["results"].size() == 2);
}

TEST_CASE("steps that know their line point to it, and keep to the schema") {
  model::Result result = racy_result();
  for (model::TraceStep& step : result.counterexamples.front().trace.steps)
    step.source = "drivers/a b.cpp:25";
  const json location = run_of(result)["results"][0]["codeFlows"][0]["threadFlows"][0]["locations"]
                                      [0]["location"]["physicalLocation"];
  CHECK(location["artifactLocation"]["uri"] == "drivers/a%20b.cpp");
  CHECK(location["region"]["startLine"] == 25);
}

TEST_CASE("results point to the rule they break") {
  model::Result racy = racy_result();
  racy.properties[1].summary = "a reader gets through the log";
  const json run = run_of(racy);
  for (const json& result : run["results"]) {
    const json& rule = run["tool"]["driver"]["rules"][result["ruleIndex"].get<std::size_t>()];
    CHECK(rule["id"] == result["ruleId"]);
    CHECK(result["level"] == "error");
  }
  const json& rule = run["tool"]["driver"]["rules"][1];
  CHECK(rule["shortDescription"]["text"] == "a reader gets through the log");
}

TEST_CASE("the code flow has a thread flow for each lane, which hold every step once") {
  const json flow = run_of(racy_result())["results"][0]["codeFlows"][0];
  REQUIRE(flow["threadFlows"].size() == 2);
  CHECK(flow["threadFlows"][0]["id"] == "A");
  std::set<int> steps;
  for (const json& lane : flow["threadFlows"]) {
    int before = 0;
    for (const json& step : lane["locations"]) {
      CHECK(step["executionOrder"] > before);
      before = step["executionOrder"];
      steps.insert(before);
    }
  }
  CHECK(steps.size() == 12);
  const json& broken = flow["threadFlows"][1]["locations"][2];
  CHECK(broken["importance"] == "essential");
  CHECK(broken["state"]["cur_log_sector"]["text"] == "11");
}

TEST_CASE("the two steps of the race are related, and essential") {
  model::Result result = racy_result();
  CHECK_FALSE(run_of(result)["results"][0].contains("relatedLocations"));
  result.counterexamples.front().race = model::RacePair{4, 5};
  const json racy = run_of(result)["results"][1];
  REQUIRE(racy["relatedLocations"].size() == 2);
  CHECK(racy["relatedLocations"][0]["logicalLocations"][0]["name"] == "A");
  CHECK(racy["relatedLocations"][1]["id"] == 2);
  const std::string message = racy["relatedLocations"][0]["message"]["text"];
  CHECK(message.starts_with("race, step 5: data zeroes done"));
  for (const json& lane : racy["codeFlows"][0]["threadFlows"])
    for (const json& step : lane["locations"])
      if (step["executionOrder"] == 5) CHECK(step["importance"] == "essential");
}

TEST_CASE("a search that was not complete says so, and what is known is not new") {
  model::Result result = racy_result();
  result.counterexamples.front().findings.front().known = true;
  const json run = run_of(result);
  CHECK(run["results"][0]["baselineState"] == "unchanged");
  CHECK_FALSE(run["results"][1].contains("baselineState"));
  const json& notification = run["invocations"][0]["toolExecutionNotifications"][0];
  CHECK(notification["message"]["text"] == "explored: up to the first violation");
  CHECK_FALSE(run_of(passing_result())["invocations"][0].contains("toolExecutionNotifications"));
}

TEST_CASE("an expected violation is a note, its absence an error of the run") {
  model::Result racy = racy_result();
  racy.violation_expected = true;
  CHECK(run_of(racy)["results"][0]["level"] == "note");
  CHECK(run_of(racy_result())["results"][0]["level"] == "error");
  model::Result passing = passing_result();
  passing.violation_expected = true;
  const json notification = run_of(passing)["invocations"][0]["toolExecutionNotifications"][0];
  CHECK(notification["level"] == "error");
  CHECK(notification["message"]["text"] == "a violation was expected, and there is none");
}

}  // namespace simcheck::test
