// Sampling as a check: the known race is found and replays, nothing found is bounded, traces are
// counted as dpor counts them, and only the seed decides.
#include "model/sampling_run.hpp"

#include <doctest/doctest.h>

#include <initializer_list>
#include <string>
#include <vector>

#include "model/default_workloads.hpp"
#include "tests/model/drivers_under_check.hpp"
#include "tests/support/build.hpp"
#include "tests/support/json_text.hpp"

namespace simcheck::test {
namespace {

using Kind = model::StrategyKind;

constexpr Kind kSampling[] = {Kind::kRandom, Kind::kPct, Kind::kPos, Kind::kSurw};

model::CheckOptions sampling(Kind kind, std::string_view driver, const std::string& text) {
  model::CheckOptions options = options_for(driver, text);
  options.strategy = kind;
  options.keep_going = false;
  return options;
}

TEST_CASE("canary: each strategy finds the race within 50 samples, whatever the seed") {
  for (const Kind kind : kSampling) {
    for (const char* const text : {"2*zeroes", "zeroes, write"}) {
      for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        CAPTURE(static_cast<int>(kind));
        CAPTURE(text);
        CAPTURE(seed);
        model::CheckOptions options = sampling(kind, "buggy", text);
        options.sampling.seed = seed;
        options.sampling.samples = 50;
        CHECK(model::check(options).verdict == model::Verdict::kViolated);
      }
    }
  }
}

TEST_CASE("a violation that was drawn replays to the same findings") {
  for (const Kind kind : kSampling) {
    model::CheckOptions options = sampling(kind, "buggy", "zeroes, write");
    const model::Result found = model::check(options);
    REQUIRE(found.counterexamples.size() == 1);
    options.strategy = Kind::kReplay;
    options.schedule = found.counterexamples.front().schedule;
    const model::Result again = model::check(options);
    REQUIRE(again.counterexamples.size() == 1);
    const model::Counterexample &a = found.counterexamples.front(),
                                &b = again.counterexamples.front();
    CHECK(a.schedule == b.schedule);
    REQUIRE(a.findings.size() == b.findings.size());
    for (std::size_t i = 0; i < a.findings.size(); ++i) {
      CHECK(a.findings[i].reason == b.findings[i].reason);
    }
  }
}

TEST_CASE("samples that find nothing are bounded, never complete") {
  for (const Kind kind : kSampling) {
    const model::Result result = model::check(sampling(kind, "fixed", "write"));
    CHECK(result.verdict == model::Verdict::kHolds);
    CHECK(result.counts.executions == 1000);
    CHECK_FALSE(result.coverage.complete());
    CHECK(result.coverage.bounds.back() == "1000 samples of " + result.strategy + ", seed 1");
    REQUIRE(result.sampling);
    CHECK(result.sampling->sampled.distinct_traces == 1);
    CHECK(result.sampling->sampled.odds.has_value() == (kind == Kind::kPct));
  }
}

void shows_every_trace(Kind kind, std::initializer_list<const char*> drivers) {
  for (const char* const driver : drivers) {
    for (const char* const text : {"zeroes, write", "2*flush"}) {
      CAPTURE(static_cast<int>(kind));
      CAPTURE(driver);
      CAPTURE(text);
      model::CheckOptions options = sampling(kind, driver, text);
      options.keep_going = true;
      options.sampling.samples = 3000;
      const model::Result sampled = model::check(options);
      options.strategy = Kind::kDpor;
      CHECK(sampled.sampling->sampled.distinct_traces == model::check(options).counts.executions);
    }
  }
}

TEST_CASE("many samples of a tiny program show as many traces as dpor runs executions") {
  shows_every_trace(Kind::kRandom, {"buggy", "fixed", "mutex-v2", "serialized"});
  shows_every_trace(Kind::kPos, {"buggy", "fixed", "mutex-v2", "serialized"});
  // The others have traces of a single interleaving among 48,620, as likely as any other.
  shows_every_trace(Kind::kSurw, {"buggy", "fixed"});
}

TEST_CASE("the number of workers changes no byte, another seed does") {
  for (const Kind kind : kSampling) {
    for (const char* const driver : {"buggy", "fixed"}) {
      model::CheckOptions options = sampling(kind, driver, "write");
      options.workloads = model::default_workloads(by_build(3, 2));
      options.sampling.samples = by_build(30, 10);
      options.workers = 1;
      const std::string one = json_text(model::check(options));
      for (const unsigned workers : {2U, 5U}) {
        options.workers = workers;
        CHECK(json_text(model::check(options)) == one);
      }
      options.sampling.seed = 2;
      CHECK(json_text(model::check(options)) != one);
    }
  }
}

TEST_CASE("with power cuts, samples find a log that does not parse, with any number of workers") {
  for (const Kind kind : {Kind::kRandom, Kind::kPos, Kind::kSurw}) {
    CAPTURE(static_cast<int>(kind));
    model::CheckOptions options = sampling(kind, "serialized", "3*flush");
    options.workloads.push_back(workload("flush, zeroes"));
    options.keep_going = true;
    options.threads = 2;
    options.sampling.samples = 300;
    options.power_cut.emplace();
    options.properties.push_back(properties::make_crash_parses());
    options.workers = 1;
    const model::Result one = model::check(options);
    for (const model::PropertyResult& property : one.properties) {
      CAPTURE(property.name);
      if (property.name == "crash-parses") CHECK(property.verdict == model::Verdict::kViolated);
      if (property.name == "deadlock-free") CHECK(property.verdict == model::Verdict::kHolds);
    }
    CHECK(one.counts.transitions > 20 * one.counts.executions);
    options.workers = 2;
    CHECK(json_text(model::check(options)) == json_text(one));
  }
}

TEST_CASE("a soak goes round with fresh samples until its time is over") {
  model::CheckOptions options = sampling(Kind::kPct, "fixed", "2*write");
  options.workloads = {workload("2*write"), workload("2*flush")};
  options.sampling.samples = 10;
  options.sampling.soak_seconds = 0.3;
  const model::Result result = model::check(options);
  CHECK(result.verdict == model::Verdict::kHolds);
  CHECK(result.coverage.bounds.back() == "pct for 0.3 s, seed 1");
  REQUIRE(result.workloads.size() == 2);
  REQUIRE(result.sampling);
  CHECK(result.sampling->rounds > 1);
  CHECK(result.workloads_done == 2);
  CHECK(result.workloads[0].counts.executions > 10);
  CHECK(result.counts.executions ==
        result.workloads[0].counts.executions + result.workloads[1].counts.executions);
  // Four traces of two writes: more than ten samples of one round would show time and again.
  CHECK(result.workloads[0].sampled->distinct_traces == 4);
  CHECK(result.workloads[0].sampled->odds->runs > 9);
}

using Bounds = std::vector<std::string>;

TEST_CASE("a soak ends where a limit other than its time ends a round, and names it") {
  model::CheckOptions options = sampling(Kind::kRandom, "fixed", "2*write");
  options.bounds = {"pieces of 62"};
  options.limits.memory_max = 1;
  options.sampling.soak_seconds = 60;
  const model::Result result = model::check(options);
  CHECK(result.coverage.bounds ==
        Bounds{"pieces of 62", "max-memory 1", "random for 60 s, seed 1"});
  CHECK(result.sampling->rounds == 1);
  CHECK(result.workloads_done == 0);
}

TEST_CASE("a soak that keeps going names the limit of steps that cut its executions short") {
  model::CheckOptions options = sampling(Kind::kRandom, "fixed", "2*write");
  options.keep_going = true;
  options.limits.steps_max = 3;
  options.sampling.samples = 10;
  options.sampling.soak_seconds = 0.1;
  const model::Result result = model::check(options);
  CHECK(result.coverage.bounds == Bounds{"max-steps 3", "random for 0.1 s, seed 1"});
  CHECK(result.sampling->rounds > 1);
}

TEST_CASE("a soak ends at a violation, and the same one each time") {
  model::CheckOptions options = sampling(Kind::kRandom, "buggy", "zeroes, write");
  options.sampling.samples = 1;
  options.sampling.soak_seconds = 60;
  const model::Result one = model::check(options);
  CHECK(one.verdict == model::Verdict::kViolated);
  CHECK(one.coverage.stopped_at_violation);
  CHECK(one.counterexamples.size() == 1);
  CHECK(json_text(model::check(options)) == json_text(one));
}

}  // namespace
}  // namespace simcheck::test
