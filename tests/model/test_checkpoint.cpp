// A check that is interrupted and gone on with ends as if nobody had interrupted it.
#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "model/archive.hpp"
#include "properties/all.hpp"
#include "sim/code_failed.hpp"
#include "tests/model/drivers_under_check.hpp"
#include "tests/model/interrupted_check.hpp"
#include "tests/support/build.hpp"

namespace simcheck::test {
namespace {

using model::CheckOptions;
using model::StrategyKind;

void check_same(const CheckOptions& options, std::uint64_t executions, int runs_min = 3) {
  const std::string whole = json_uninterrupted(options);
  const Interrupted interrupted = json_interrupted(options, executions);
  CHECK(interrupted.json == whole);
  CHECK(interrupted.runs >= runs_min);
}

CheckOptions one_worker(const char* driver, const char* text) {
  CheckOptions options = options_for(driver, text);
  options.workers = 1;
  return options;
}

}  // namespace

TEST_CASE("dpor goes on within a workload, whatever execution it was stopped at") {
  for (const auto equivalence : {model::Equivalence::kTrace, model::Equivalence::kObserved}) {
    for (const char* const driver : {"buggy", "mutex-v2", "serialized"}) {
      for (const char* const text : {"3*zeroes", "2*flush, write", "zeroes, flush ; 2*write"}) {
        // At every execution only where there are few.
        const bool few = text != std::string("3*zeroes");
        for (const std::uint64_t executions : {few ? by_build(1U, 5U) : 23U, by_build(7U, 31U)}) {
          CAPTURE(std::string(driver));
          CAPTURE(std::string(text));
          CheckOptions options = one_worker(driver, text);
          options.equivalence = equivalence;
          check_same(options, executions, 1);
        }
      }
    }
  }
}

TEST_CASE("the counterexample is that of an uninterrupted run") {
  for (const bool keep_going : {false, true}) {
    for (const char* const text : {"zeroes, write, discard", "2*write 0 4k, 2*zeroes"}) {
      CheckOptions options = one_worker("buggy", text);
      options.workloads.insert(options.workloads.begin(), workload("2*write"));
      options.keep_going = keep_going;
      options.equivalence = model::Equivalence::kObserved;
      check_same(options, 2, 2);
    }
  }
}

TEST_CASE("dpor that starts over, probes, and several threads") {
  for (const char* const driver : {"serialized", "mutex-v2"}) {
    CAPTURE(std::string(driver));
    CheckOptions options = one_worker(driver, by_build("2*flush, write", "flush, write"));
    options.threads = 2;
    check_same(options, by_build(5, 2), by_build(3, 2));
    options.bound = {model::ScheduleBound::Of::kPreemptions, 1};
    check_same(options, by_build(5, 2), by_build(3, 2));
    options.workloads = {workload(by_build("flush, write", "2*write"))};
    options.strategy = StrategyKind::kDfs;
    options.bound.limit = 0;
    check_same(options, by_build(100, 500), 1);
  }
}

TEST_CASE("dfs, with and without a bound") {
  CheckOptions options = one_worker("fixed", "2*zeroes");
  options.strategy = StrategyKind::kDfs;
  check_same(options, 100);
  options.bound = {model::ScheduleBound::Of::kDelays, 3};
  check_same(options, 10);
}

TEST_CASE("stateful") {
  CheckOptions options = one_worker("serialized", "3*flush");
  options.strategy = StrategyKind::kStateful;
  check_same(options, 3);
  options.limits.states_max = 500;
  check_same(options, 3);
}

TEST_CASE("samples") {
  for (const auto kind :
       {StrategyKind::kRandom, StrategyKind::kPct, StrategyKind::kPos, StrategyKind::kSurw}) {
    CheckOptions options = one_worker("buggy", "2*zeroes, write");
    options.workloads.push_back(workload("zeroes, flush"));
    options.strategy = kind;
    options.sampling.samples = 200;
    check_same(options, 17);
    options.power_cut.emplace();
    options.properties.push_back(properties::make_crash_parses());
    options.keep_going = true;
    check_same(options, 2, 1);  // few samples end uncut, and only those count
  }
}

TEST_CASE("plans of faults, within one and between two") {
  for (const auto kind : {StrategyKind::kDpor, StrategyKind::kStateful, StrategyKind::kRandom}) {
    CAPTURE(static_cast<int>(kind));
    CheckOptions options = one_worker("serialized", "zeroes, flush");
    options.workloads.push_back(workload("write, flush"));
    options.strategy = kind;
    options.sampling.samples = by_build(300, 100);
    for (const char* const fault : {"eio", "torn"}) {
      const auto all = model::all_faults();
      const auto info = std::ranges::find(all, fault, &model::FaultInfo::name);
      options.faults.budgets.push_back({.what = &*info, .max = 1});
    }
    check_same(options, 31, 1);  // it ends at a violation
    options.keep_going = true;
    check_same(options, 31);
    if (kind == StrategyKind::kStateful) continue;
    options.power_cut.emplace();
    options.properties.push_back(properties::make_crash_parses());
    check_same(options, 5, kind == StrategyKind::kDpor ? 3 : 1);  // few samples end uncut
  }
}

TEST_CASE("several workers, and workloads that are split") {
  struct Case {
    const char* driver;
    const char* text;
    bool keep_going;
    std::uint64_t executions;  // of each run
  };
  for (const Case& large : {by_build(Case{"fixed", "4*zeroes, 2*write", false, 8000},
                                     Case{"fixed", "4*zeroes, write", false, 200}),
                            Case{"buggy", "3*zeroes, write", true, 300}}) {
    CAPTURE(std::string(large.driver));
    CheckOptions options = options_for(large.driver, large.text);
    options.symmetry = true;
    options.keep_going = large.keep_going;
    options.equivalence = model::Equivalence::kObserved;
    options.workloads.insert(options.workloads.begin(), workload("2*write"));
    options.workers = 1;
    const std::string whole = json_uninterrupted(options);
    options.workers = 3;
    const Interrupted interrupted = json_interrupted(options, large.executions);
    CHECK(interrupted.json == whole);
    CHECK(interrupted.runs >= 2);
  }
}

TEST_CASE("a state saved by several workers is gone on with by one, and the other way round") {
  CheckOptions options = options_for("fixed", "4*zeroes, flush");
  const std::string whole = json_uninterrupted(options);
  std::string state;
  for (const unsigned workers : {2U, 1U, 3U}) {
    options.workers = workers;
    CHECK(run_on(options, 6000, state).coverage.interrupted);
  }
  CHECK(json_text(run_on(options, UINT64_MAX, state)) == whole);
}

TEST_CASE("the state of the end gives the result at once") {
  for (const char* const driver : {"fixed", "buggy"}) {
    CheckOptions options = options_for(driver, "3*zeroes");
    options.keep_going = false;
    std::string state;
    const std::string whole = json_text(run_on(options, UINT64_MAX, state));
    const auto alarm = std::make_shared<Alarm>(1);
    CHECK(json_text(run_on(options, 1, state)) == whole);
  }
}

TEST_CASE("a limit on executions counts those of earlier runs") {
  CheckOptions options = options_for("fixed", "3*zeroes");
  options.workloads.push_back(workload("3*zeroes, write"));
  options.limits.executions_max = 100;
  check_same(options, 20);
}

TEST_CASE("states that are saved on the way lead to the same end") {
  CheckOptions options = options_for("fixed", by_build("4*zeroes, flush", "3*zeroes, flush"));
  options.workers = 2;
  const std::string whole = json_text(model::check(options));
  std::vector<std::string> states;
  options.checkpoint.interval_seconds = 0.001;
  options.checkpoint.save = [&](const std::string& state, bool) { states.push_back(state); };
  CHECK(json_text(model::check(options)) == whole);
  REQUIRE(states.size() >= 3);
  options.checkpoint.save = nullptr;
  for (std::size_t i = 0; i < states.size(); i += 1 + states.size() / by_build(8, 3)) {
    options.checkpoint.resume_from = states[i];
    CHECK(json_text(model::check(options)) == whole);
  }
}

TEST_CASE("what is no state is told from one") {
  CheckOptions options = options_for("fixed", "2*zeroes");
  std::string state;
  run_on(options, 2, state);
  for (const std::string& bad : {state.substr(0, state.size() / 2), state + "x", std::string("?"),
                                 std::string(100, '\xff')}) {
    std::string copy = bad;
    CHECK_THROWS_AS(run_on(options, 2, copy), model::ArchiveError);
  }
}

// Once something is saved, the workload of four fails, while the other one goes on.
class FailsOnceSaved final : public properties::Property {
 public:
  explicit FailsOnceSaved(const std::atomic<bool>& saved) : saved_(saved) {}
  std::string_view name() const override { return "fails-once-saved"; }
  std::string_view summary() const override { return "throws"; }
  properties::Judgement judge(const properties::Evidence& evidence) const override {
    if (saved_ && evidence.requests.size() == 4) throw std::runtime_error("saved");
    return properties::Judgement::holds();
  }

 private:
  const std::atomic<bool>& saved_;
};

TEST_CASE("an error is met again by whoever goes on from what was saved") {
  CheckOptions options = options_for("fixed", by_build("2*flush", "2*write"));
  options.workloads.push_back(workload("4*flush"));
  options.workers = 2;
  options.strategy = StrategyKind::kDfs;
  options.symmetry = false;
  std::atomic<bool> saved = false;
  options.properties = {std::make_shared<FailsOnceSaved>(saved)};
  options.checkpoint.interval_seconds = 0;
  options.checkpoint.save = [&](const std::string& state, bool) {
    options.checkpoint.resume_from = state;
    saved = true;
  };
  CheckOptions first = options;
  CHECK_THROWS_AS(model::check(first), sim::CodeFailed);
  REQUIRE(saved);
  CHECK_THROWS_AS(model::check(options), sim::CodeFailed);
}

}  // namespace simcheck::test
