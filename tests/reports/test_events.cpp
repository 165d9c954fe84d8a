// Events of a check: each keeps to the schema, and the page explains it.
#include "reports/events.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/reports/samples.hpp"
#include "tests/support/files.hpp"
#include "tests/support/json_schema.hpp"

namespace simcheck::test {
namespace {

using nlohmann::json;

std::vector<std::string> one_of_each() {
  const model::Result result = racy_result();
  const model::Counterexample& example = result.counterexamples.front();
  const model::WorkloadResult workload{.workload = "flush", .counts = {.executions = 3}};
  return {reports::start_event("1.2.3", {{"--driver", "buggy"}}, 7),
          reports::progress_event({.workload = "bad \xff", .seconds = 2, .share = 1.5}),
          reports::violation_event(result, 1, example),
          reports::workload_event({.number = 2, .workload = workload}),
          reports::counterexample_event(result, example),
          reports::cost_event(result, {.seconds = 1, .workers = 2}),
          reports::end_event(result, 1),
          reports::error_event("a \"message\"\nof two lines")};
}

}  // namespace

TEST_CASE("an event is one line that keeps to the schema") {
  const json schema = json::parse(read_page("events.schema.json"));
  for (const std::string& line : one_of_each()) {
    CAPTURE(line);
    CHECK(line.find('\n') == line.size() - 1);
    CHECK(schema_errors(schema, json::parse(line)) == std::vector<std::string>{});
  }
  json bad = json::parse(one_of_each().front());
  bad["settings"]["--depth"] = 3;
  CHECK(schema_errors(schema, bad).size() == 1);
}

TEST_CASE("every field of every event is explained") {
  const std::string page = read_page("formats.md");
  for (const std::string& line : one_of_each()) {
    const json event = json::parse(line);
    CHECK(page.find("| `" + event["event"].get<std::string>() + "` |") != std::string::npos);
    for (const auto& item : event.items()) {
      const std::string& name = item.key();
      CAPTURE(name);
      CHECK((name == "timed" || page.find("`" + name + "`") != std::string::npos));
    }
  }
}

TEST_CASE("what depends on the machine is marked, and nothing else") {
  for (const std::string& line : one_of_each()) {
    const bool is_timed = line.find("\"seconds\"") != std::string::npos;
    CAPTURE(line);
    CHECK((line.find("\",\"timed\":true,") != std::string::npos) == is_timed);
  }
}

TEST_CASE("an event says how to see the violation again") {
  const model::Result result = racy_result();
  const json event =
      json::parse(reports::violation_event(result, 4, result.counterexamples.front()));
  CHECK(event["number"] == 4);
  CHECK(event["replay"].get<std::string>().starts_with("simcheck --driver buggy "));
  CHECK(event["properties"].size() == result.counterexamples.front().findings.size());
}

}  // namespace simcheck::test
