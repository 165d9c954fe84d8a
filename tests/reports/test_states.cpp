// What reports say of a stateful search.
#include "reports/states.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <sstream>
#include <string>

#include "reports/json.hpp"
#include "tests/reports/samples.hpp"
#include "tests/support/contains.hpp"
#include "tests/support/files.hpp"
#include "tests/support/json_schema.hpp"

namespace simcheck::test {
namespace {

model::Result stateful_result() {
  model::Result result = passing_result();
  result.strategy = "stateful";
  result.reductions = {"visited states", "private steps"};
  for (model::WorkloadResult& workload : result.workloads) {
    workload.visited = {.states = 617, .revisits = 1};
  }
  result.visited = {.states = 1234, .revisits = 567};
  return result;
}

TEST_CASE("text: states, revisits and the chance that one was missed") {
  const std::string text = text_of(stateful_result(), 100, true);
  CHECK(contains(text,
                 "\nstates     1,234 states, 567 revisits; chance that a state was missed: "
                 "below 1 in 10^32\n"));
  CHECK(contains(text, "617 states, 1 revisit\n"));
  CHECK_FALSE(contains(text_of(passing_result(), 100, true), "revisit"));
}

TEST_CASE("JSON: keeps to the schema, and its fields are explained") {
  std::ostringstream out;
  reports::write_json(out, stateful_result());
  const auto document = nlohmann::json::parse(out.str());
  const auto schema = nlohmann::json::parse(read_page("result.schema.json"));
  CHECK(schema_errors(schema, document).empty());
  CHECK(document["visited"]["states"] == 1234);
  CHECK(document["visited"]["missed_exponent"] == 32);
  CHECK(document["workloads"][0]["visited"]["revisits"] == 1);
  const std::string page = read_page("json-schema.md");
  for (const auto& [name, value] : document["visited"].items()) {
    CHECK(contains(page, "`" + name + "`"));
  }
}

}  // namespace
}  // namespace simcheck::test
