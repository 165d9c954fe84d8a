// The JSON document: its values, its schema, and the page that explains both.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "tests/reports/samples.hpp"
#include "tests/support/files.hpp"
#include "tests/support/json_schema.hpp"
#include "tests/support/json_text.hpp"

namespace simcheck::test {
namespace {

using nlohmann::json;

json document_of(const model::Result& result) { return json::parse(json_text(result)); }

json schema() { return json::parse(read_page("result.schema.json")); }

std::string errors_of(const json& document) {
  std::string text;
  for (const std::string& error : schema_errors(schema(), document)) text += error + "\n";
  return text;
}

void collect_names(const json& value, std::set<std::string>& names) {
  for (const auto& [name, member] : value.items()) {
    if (value.is_object()) names.insert(name);
    if (member.is_structured()) collect_names(member, names);
  }
}

// What a run under faults, on a log that was not empty, adds.
model::Result faulty_result() {
  model::Result result = racy_result();
  result.faults =
      model::FaultResult{.asked = "eio=1,enospc=40", .log_sectors = 40, .plans = {2, 7}};
  result.initial_log = "an older log of 4 entries";
  result.workloads.front().plans = {1, 3};
  result.counterexamples.front().fault_plan = "A.2=eio";
  result.counterexamples.front().trace.first_log_sector = 10;
  result.counterexamples.front().trace.entries.front().header_failed = true;
  return result;
}

}  // namespace

TEST_CASE("every kind of result keeps to the schema") {
  CHECK(errors_of(document_of(passing_result())) == "");
  CHECK(errors_of(document_of(racy_result())) == "");
  CHECK(errors_of(document_of(deadlocked_result())) == "");
  CHECK(errors_of(document_of({})) == "");
}

TEST_CASE("faults have their place in the document") {
  const json document = document_of(faulty_result());
  CHECK(errors_of(document) == "");
  CHECK(document["faults"]["plans"] == std::vector<int>{2, 7});
  CHECK(document["counterexamples"][0]["fault_plan"] == "A.2=eio");
  const std::string replay = document["counterexamples"][0]["replay"];
  CHECK(replay.find(" --fault-plan A.2=eio --replay ") != std::string::npos);
}

TEST_CASE("power cuts have their place in the document") {
  model::Result result = racy_result();
  result.durability = "prefix";
  result.crashes = model::CrashCounts{.states = 3, .recoveries = 4, .images = UINT64_MAX};
  model::Trace& trace = result.counterexamples.front().trace;
  trace.lanes.push_back({.name = "power"});
  trace.steps.push_back({.lane = 2, .kind = model::StepKind::kCut, .notes = {"the power is cut"}});
  const json document = document_of(result);
  CHECK(errors_of(document) == "");
  CHECK(document["power_cut"]["images"] == UINT64_MAX);
  CHECK(document["counterexamples"][0]["steps"].back()["kind"] == "cut");
}

TEST_CASE("the schema and its validator notice what is wrong") {
  json document = document_of(racy_result());
  document["verdict"] = "maybe";
  document["executions"] = -1;
  document["surprise"] = true;
  document["coverage"].erase("bounds");
  document["counterexamples"][0]["steps"][0]["lane"] = "A";
  CHECK(errors_of(document) ==
        "/counterexamples/0/steps/0/lane: not of type \"integer\"\n"
        "/coverage: no bounds\n"
        "/executions: too small\n"
        ": surprise is not in the schema\n"
        "/verdict: not in the enum\n");
  CHECK(schema_errors({{"maxLength", 3}}, "text").size() == 1);
}

TEST_CASE("every field is explained, and each field has a place in the schema") {
  const std::string page = read_page("json-schema.md");
  std::set<std::string> names;
  collect_names(document_of(faulty_result()), names);
  for (const std::string& name : names) {
    CAPTURE(name);
    CHECK(page.find("`" + name + "`") != std::string::npos);
  }
}

TEST_CASE("counts, coverage and verdicts under their names") {
  const json document = document_of(passing_result());
  CHECK(document["executions"] == 1234567);
  CHECK(document["blocked"] == 0);
  CHECK(document["coverage"]["complete"] == true);
  CHECK(document["properties"][1]["verdict"] == "not exercised");
  CHECK(document["workloads"][1]["executions"] == 6);
}

TEST_CASE("a run that got to no end claims no more than the text does") {
  model::Result result = passing_result();
  result.verdict = model::Verdict::kInterrupted;
  result.coverage.interrupted = true;
  result.workloads_done = 1;
  const json document = document_of(result);
  CHECK(document["claim"] == "interrupted: no violation in 1 of 2 workloads");
  CHECK(document["properties"][0]["verdict"] == "holds");
  CHECK(document["properties"][0]["claim"] == "no violation so far");
  CHECK(document_of(passing_result())["properties"][0]["claim"] == "holds");
}

TEST_CASE("what came of a violation that was expected is said in words") {
  model::Result result = racy_result();
  CHECK_FALSE(document_of(result).contains("expectation"));
  result.violation_expected = true;
  CHECK(document_of(result)["expectation"] == "a violation was expected, and there is one");
  CHECK(errors_of(document_of(result)) == "");
}

TEST_CASE("a counterexample with its steps, numbered as in the text") {
  const json example = document_of(racy_result())["counterexamples"][0];
  CHECK(example["findings"][0]["step"] == 6);
  CHECK(example["findings"][1]["step"].is_null());
  CHECK(example["steps"][5]["step"] == 6);
  CHECK(example["steps"][5]["changes"][1]["after"] == "11");
  CHECK(example["steps"][6]["ios"][0]["moment"] == "took effect");
  CHECK(example["entries"][0]["data_at"] == 11);
  CHECK(example["replay"].get<std::string>().starts_with("simcheck --driver buggy --workload '"));
}

TEST_CASE("a run that stopped is not complete, in JSON neither") {
  const json coverage = document_of(racy_result())["coverage"];
  CHECK(coverage["complete"] == false);
  CHECK(coverage["stopped_at_violation"] == true);
}

TEST_CASE("the same result gives the same bytes, and any bytes give JSON") {
  CHECK(json_text(racy_result()) == json_text(racy_result()));
  model::Result result = racy_result();
  result.driver = "a\"b\\c\n\x1b\xff";
  CHECK(document_of(result)["driver"] == "a\"b\\c\n\x1b\xef\xbf\xbd");
}

}  // namespace simcheck::test
