// What a run cost: the document of --stats, its schema and its page, and the line for a terminal.
#include "reports/stats.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "tests/reports/samples.hpp"
#include "tests/support/files.hpp"
#include "tests/support/json_schema.hpp"

namespace simcheck::test {
namespace {

using nlohmann::json;

model::RunStatistics statistics() {
  return {.seconds = 65,
          .seconds_before = 10,
          .counts_before = {.executions = 234567},
          .workers = 2,
          .saves = 3,
          .save_seconds = 0.5,
          .save_bytes = 4096,
          .memory_peak = 16 << 20,
          .workloads = {{.workload = "write 0 4k",
                         .seconds = 1.5,
                         .exploration = {.transitions_run = 5, .no_checkpoints = "why"}},
                        {.workload = "flush",
                         .seconds = 2,
                         .parts = 32,
                         .exploration = {.transitions_run = 6, .probes = 1}}}};
}

json document() { return reports::stats_json(passing_result(), statistics()); }

}  // namespace

TEST_CASE("statistics keep to the schema") {
  const json schema = json::parse(read_page("stats.schema.json"));
  CHECK(schema_errors(schema, document()) == std::vector<std::string>{});
  CHECK(schema_errors(schema, reports::stats_json({}, {})) == std::vector<std::string>{});
  json bad = document();
  bad["seconds"] = "long";
  bad["workloads"][0].erase("parts");
  CHECK(schema_errors(schema, bad).size() == 2);
}

TEST_CASE("every figure is explained") {
  const std::string page = read_page("long-runs.md");
  const json all = document();
  for (const json& object : {all, all["exploration"], all["workloads"][0]}) {
    for (const auto& item : object.items()) {
      const std::string& name = item.key();
      CAPTURE(name);
      CHECK(page.find("`" + name + "`") != std::string::npos);
    }
  }
}

TEST_CASE("workloads are summed up, and what earlier runs did is not this run's rate") {
  const json all = document();
  CHECK(all["executions"] == 1'000'000);
  CHECK(all["executions_before"] == 234'567);
  CHECK(all["executions_per_second"].get<double>() == doctest::Approx(1e6 / 65));
  CHECK(all["splits"] == 1);
  CHECK(all["exploration"]["transitions_run"] == 11);
  CHECK(all["exploration"]["no_checkpoints"] == "why");
}

TEST_CASE("the cost in a line") {
  CHECK(reports::cost_line(passing_result(), statistics()) ==
        "1:05, 15k executions/s, peak memory 16.0m");
}

}  // namespace simcheck::test
