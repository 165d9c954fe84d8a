// What reports say of a sampling run, and that they promise no more than it does.
#include "reports/sampling.hpp"

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

using model::PctOdds;

const PctOdds kOdds{.depth = 3, .fibers = 2, .steps = 12, .runs = 999};

model::Result sampled_result() {
  model::Result result = passing_result();
  result.strategy = "pct";
  result.reductions = {};
  result.coverage.bounds = {"1000 samples of pct for each workload, seed 5"};
  for (model::WorkloadResult& workload : result.workloads) {
    workload.sampled = {.distinct_traces = 6, .odds = kOdds};
  }
  result.sampling = {.seed = 5, .samples = 1000, .sampled = {.distinct_traces = 12, .odds = kOdds}};
  return result;
}

TEST_CASE("text: traces, seed and odds") {
  const std::string text = text_of(sampled_result(), 100, true);
  CHECK(text.starts_with("holds (bounded: 1000 samples of pct for each workload, seed 5)\n"));
  CHECK(contains(text, "\nsampled    12 distinct traces, seed 5\n"));
  CHECK(contains(text, "\nodds       in the workload with the least odds: if no execution has"));
  CHECK(contains(text, "1 in 288"));
  CHECK(contains(text, "6 distinct traces\n"));
}

TEST_CASE("text: a full memory, and the rounds of a soak") {
  model::Result result = sampled_result();
  result.sampling->sampled.at_least = true;
  result.sampling->rounds = 7;
  CHECK(
      contains(text_of(result), "at least 12 distinct traces, seed 5, 7 rounds of 1,000 samples"));
}

TEST_CASE("odds are not given where there is nothing to promise") {
  model::Result result = sampled_result();
  CHECK(reports::odds_text(result) != "");
  result.coverage.stopped_at_violation = true;
  CHECK(reports::odds_text(result) == "");
  result = sampled_result();
  result.workloads.pop_back();
  CHECK(reports::odds_text(result) == "");
  result = sampled_result();
  result.sampling->sampled.odds->runs = 0;
  CHECK(reports::odds_text(result) == "");
  result.sampling->sampled.odds.reset();
  CHECK(reports::odds_text(result) == "");
  CHECK(reports::odds_text(passing_result()) == "");
}

TEST_CASE("JSON: keeps to the schema, and its fields are explained") {
  std::ostringstream out;
  reports::write_json(out, sampled_result());
  const auto document = nlohmann::json::parse(out.str());
  const auto schema = nlohmann::json::parse(read_page("result.schema.json"));
  CHECK(schema_errors(schema, document).empty());
  CHECK(document["sampling"]["seed"] == 5);
  CHECK(document["sampling"]["odds"]["one_in"] == 288);
  CHECK(document["workloads"][0]["sampled"]["distinct_traces"] == 6);
  const std::string page = read_page("json-schema.md");
  for (const auto& [name, value] : document["sampling"].items()) {
    CHECK(contains(page, "`" + name + "`"));
  }
  for (const auto& [name, value] : document["sampling"]["odds"].items()) {
    CHECK(contains(page, "`" + name + "`"));
  }
}

}  // namespace
}  // namespace simcheck::test
