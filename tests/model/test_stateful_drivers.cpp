// Stateful search of the real drivers: the verdicts of dpor, its counterexamples replay, and its
// result says what it can.
#include <doctest/doctest.h>

#include <string>

#include "tests/model/drivers_under_check.hpp"

namespace simcheck::test {
namespace {

using model::StrategyKind;

TEST_CASE("the verdicts of dpor, with and without symmetry") {
  for (const char* const driver : {"buggy", "fixed", "mutex-v1", "mutex-v2", "serialized"}) {
    for (const char* const text :
         {"2*zeroes", "2*flush", "zeroes, flush", "2*write, flush", "flush ; zeroes, discard",
          "2*zeroes ; write", "write, discard"}) {
      for (const bool symmetry : {false, true}) {
        CAPTURE(driver);
        CAPTURE(text);
        CAPTURE(symmetry);
        model::CheckOptions options = options_for(driver, text);
        options.symmetry = symmetry;
        const model::Result reduced = model::check(options);
        options.strategy = StrategyKind::kStateful;
        const model::Result states = model::check(options);
        CHECK(states.verdict == reduced.verdict);
        CHECK(states.coverage.complete());
        CHECK((states.counts.deadlocked != 0) == (reduced.counts.deadlocked != 0));
        for (std::size_t p = 0; p < states.properties.size(); ++p) {
          CAPTURE(states.properties[p].name);
          CHECK(states.properties[p].verdict == reduced.properties[p].verdict);
        }
      }
    }
  }
}

TEST_CASE("a counterexample replays") {
  model::CheckOptions options = options_for("mutex-v2", "2*flush");
  options.strategy = StrategyKind::kStateful;
  options.keep_going = false;
  const model::Result found = model::check(options);
  REQUIRE(found.counterexamples.size() == 1);
  options.strategy = StrategyKind::kReplay;
  options.schedule = found.counterexamples[0].schedule;
  const model::Result again = model::check(options);
  REQUIRE(again.counterexamples.size() == 1);
  CHECK(again.counterexamples[0].findings[0].reason == found.counterexamples[0].findings[0].reason);
}

TEST_CASE("states of all workloads are added up, with any number of workers") {
  model::CheckOptions options = options_for("fixed", "2*zeroes");
  options.workloads.push_back(workload("zeroes, flush"));
  options.workloads.push_back(workload("flush"));
  options.strategy = StrategyKind::kStateful;
  options.workers = 1;
  const model::Result one = model::check(options);
  options.workers = 3;
  const model::Result three = model::check(options);
  REQUIRE(one.visited);
  CHECK(one.visited == three.visited);
  CHECK(one.counts == three.counts);
  model::Visited sum;
  for (const model::WorkloadResult& part : one.workloads) sum += *part.visited;
  CHECK(one.visited == sum);
  CHECK(sum.states > 100);
}

TEST_CASE("too many states are a bound, and the other workloads are done all the same") {
  model::CheckOptions options = options_for("fixed", "3*zeroes");
  options.workloads.push_back(workload("flush"));
  options.strategy = StrategyKind::kStateful;
  options.limits.states_max = 50;
  const model::Result result = model::check(options);
  CHECK_FALSE(result.coverage.complete());
  CHECK(result.coverage.bounds == std::vector<std::string>{"max-states 50"});
  CHECK(result.workloads_done == 1);
  CHECK(result.workloads.size() == 2);
}

TEST_CASE("the odds of a collision") {
  CHECK(model::missed_exponent({.states = 1}) == 38);  // 2^129 is 6.8 x 10^38
  CHECK(model::missed_exponent({.states = 1'000'000}) == 26);
  CHECK(model::missed_exponent({.states = 0}) == 0);
}

}  // namespace
}  // namespace simcheck::test
