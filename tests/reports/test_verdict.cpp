// A run never claims more than it covered.
#include <doctest/doctest.h>

#include "reports/verdict.hpp"
#include "tests/reports/samples.hpp"

namespace simcheck::test {

using model::Verdict;
using reports::claim;
using reports::extent;
using reports::verdict_line;

TEST_CASE("complete runs") {
  const model::Result result = passing_result();
  CHECK(verdict_line(result) == "holds (complete)");
  CHECK(extent(result) == "every interleaving");
  CHECK(reports::is_complete(result));
}

TEST_CASE("bounded runs name their bounds first") {
  model::Result result = passing_result();
  result.coverage.bounds = {"windows of 6", "max-executions 100"};
  CHECK(verdict_line(result) == "holds (bounded: windows of 6, max-executions 100)");
  CHECK(claim(result, result.properties[0]) == "holds (bounded)");
  CHECK(extent(result) == "only what these bounds let through: windows of 6, max-executions 100");
}

TEST_CASE("a run that left workloads out is not complete, whatever else it says") {
  model::Result result = passing_result();
  result.workloads_done = 1;
  CHECK(verdict_line(result) == "holds (bounded: 1 of 2 workloads)");
  CHECK_FALSE(reports::is_complete(result));
}

TEST_CASE("one replayed schedule proves nothing about others") {
  model::Result result = passing_result();
  result.strategy = "replay";
  CHECK(verdict_line(result) == "holds (bounded: one interleaving)");
  CHECK(extent(result) == "one interleaving, as given");
}

TEST_CASE("interrupted runs") {
  model::Result result = passing_result();
  result.coverage.interrupted = true;
  result.workloads_done = 1;
  for (const Verdict verdict : {Verdict::kInterrupted, Verdict::kHolds, Verdict::kNotExercised}) {
    result.verdict = verdict;
    CHECK(verdict_line(result) == "interrupted: no violation in 1 of 2 workloads");
  }
  CHECK(claim(result, result.properties[0]) == "no violation so far");
  CHECK(extent(result) == "interrupted, the rest was not explored");
  result.coverage.bounds = {"windows of 6"};
  CHECK(verdict_line(result) ==
        "interrupted: no violation in 1 of 2 workloads (bounded: windows of 6)");
}

TEST_CASE("runs in which nothing could break") {
  model::Result result = passing_result();
  result.verdict = Verdict::kNotExercised;
  CHECK(verdict_line(result) == "not exercised (complete)");
  CHECK(claim(result, result.properties[1]) ==
        "not exercised: nothing explored could have broken it");
}

TEST_CASE("violated runs claim nothing for what lies behind the violation") {
  model::Result result = racy_result();
  CHECK(verdict_line(result) == "violated: no-overlap, log-parses");
  CHECK(claim(result, result.properties[2]) == "no violation so far");
  CHECK(extent(result) == "up to the first violation");

  SUBCASE("but do if they kept going to the end") {
    result.coverage.stopped_at_violation = false;
    result.workloads_done = result.workloads_total;
    CHECK(claim(result, result.properties[2]) == "holds");
    CHECK(extent(result) == "every interleaving");
  }
}

}  // namespace simcheck::test
