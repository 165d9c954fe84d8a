// Checks under faults: which plans are explored, what drivers make of them, and that neither the
// strategy nor the reductions change a verdict.

#include "model/fault_check.hpp"

#include <doctest/doctest.h>

#include <map>
#include <set>
#include <string>

#include "model/default_workloads.hpp"
#include "model/fault_plan.hpp"
#include "tests/model/careful_log.hpp"
#include "tests/model/drivers_under_check.hpp"
#include "tests/support/build.hpp"
#include "tests/support/json_text.hpp"

namespace simcheck::test {
namespace {

using model::CheckOptions;
using model::StrategyKind;
using model::Verdict;

model::FaultBudget budget(std::string_view name, std::uint32_t max = 1) {
  for (const model::FaultInfo& info : model::all_faults()) {
    if (info.name == name) return {.what = &info, .max = max};
  }
  throw std::invalid_argument("no such fault");
}

CheckOptions with_faults(std::string_view driver, const std::string& text,
                         std::vector<model::FaultBudget> budgets) {
  CheckOptions options = options_for(driver, text);
  options.faults.budgets = std::move(budgets);
  return options;
}

template <Planted planted>
CheckOptions careful(const std::string& text, std::vector<model::FaultBudget> budgets) {
  CheckOptions options = with_faults("fixed", text, std::move(budgets));
  options.make_device = [](sim::World& world, sim::BlockDevice& data,
                           sim::BlockDevice& log) -> sim::BlockDevice& {
    return world.make<CarefulLog<planted>>(world, data, log);
  };
  return options;
}

std::set<std::string> broken(const model::Result& result) {
  std::set<std::string> names;
  for (const auto& property : result.properties) {
    if (property.verdict == Verdict::kViolated) names.insert(property.name);
  }
  return names;
}

using Plans = std::vector<std::uint64_t>;
using Names = std::set<std::string>;

const Names kBoth = {"failed-not-logged", "survives-io-error"};

}  // namespace

TEST_CASE("every disk request of every request is hit once") {
  // write: data, header; flush: data, header, superblock, log's flush; zeroes: data, header, zeroes
  const std::map<std::string, Plans> expected = {{"write", {1, 2}},
                                                 {"flush", {1, 4}},
                                                 {"zeroes", {1, 3}},
                                                 {"write, flush", {1, 6}},
                                                 {"write ; zeroes", {1, 5}}};
  for (const auto& example : expected) {
    const std::string& text = example.first;
    CAPTURE(text);
    CHECK(model::check(with_faults("fixed", text, {budget("eio")})).faults->plans ==
          example.second);
  }
}

TEST_CASE("the plans are those that a search without knowledge finds") {
  using Names = std::vector<const char*>;
  for (const char* const driver : by_build(Names{"fixed", "serialized", "buggy"}, {"serialized"})) {
    for (const char* const kind : {"eio", "torn", "lost-flush"}) {
      CAPTURE(driver);
      CAPTURE(kind);
      const CheckOptions options = with_faults(driver, "zeroes, flush", {budget(kind, 2)});
      Plans counted = {1, 0, 0};
      std::vector<sim::Fault> all;
      for (std::uint32_t lane = 0; lane < 2; ++lane) {
        for (std::uint32_t io = 1; io <= 8; ++io) {
          for (const sim::FaultKind k : options.faults.budgets[0].what->kinds)
            if (k != sim::FaultKind::kNone) all.push_back({sim::FiberId{lane}, io, k});
        }
      }
      const auto fires = [&](const sim::FaultPlan& plan) {
        CheckOptions given = options;
        given.faults.budgets.clear();
        given.fault_plan = plan;
        return model::check(given).faults->plans.back();
      };
      for (std::size_t i = 0; i < all.size(); ++i) {
        counted[1] += fires({all[i]});
        for (std::size_t j = i + 1; j < all.size(); ++j) {
          const bool one_request = all[i].fiber == all[j].fiber && all[i].io == all[j].io;
          if (!one_request) counted[2] += fires({all[i], all[j]});
        }
      }
      CHECK(model::check(options).faults->plans == counted);
    }
  }
}

TEST_CASE("budgets are narrowed to a device and a kind of request") {
  CheckOptions options = with_faults("fixed", "write, flush", {budget("eio")});
  options.faults.budgets[0].device = sim::DeviceRole::kLog;
  CHECK(model::check(options).faults->plans == Plans{1, 4});
  options.faults.budgets[0].io = sim::IoKind::kFlush;
  CHECK(model::check(options).faults->plans == Plans{1, 1});
}

TEST_CASE("every generation of QEMU breaks both promises under one fault, and none without") {
  for (const drivers::DriverInfo& driver : drivers::qemu_drivers()) {
    const std::string name(driver.name);
    CAPTURE(name);
    CHECK(broken(model::check(with_faults(name, "write ; flush", {budget("eio")}))) == kBoth);
    CHECK(broken(model::check(options_for(name, "write ; flush"))).empty());
  }
}

TEST_CASE("a driver can keep everything under eio and torn writes; planted bugs are found by one") {
  for (const char* const text : {"write, flush", "zeroes, discard ; write", "2*write ; zeroes"}) {
    CAPTURE(text);
    const auto budgets = {budget("eio"), budget("torn")};
    const model::Result sound = model::check(careful<Planted::kNothing>(text, budgets));
    CHECK(broken(sound).empty());
    CHECK(sound.verdict == Verdict::kHolds);
    CHECK(sound.coverage.complete());
    for (const auto& property : sound.properties) {
      if (kBoth.contains(property.name)) CHECK(property.verdict == Verdict::kHolds);
    }
    CHECK(broken(model::check(careful<Planted::kLeavesHole>(text, budgets))) ==
          Names{"survives-io-error"});
    CHECK(broken(model::check(careful<Planted::kLogsFailed>(text, budgets))) ==
          Names{"failed-not-logged"});
  }
}

TEST_CASE("faults that report success are found by what reads the log") {
  for (const char* const kind : {"misdirected", "latent"}) {
    const auto names = broken(model::check(careful<Planted::kNothing>("write", {budget(kind)})));
    CHECK(names == Names{"log-parses", "replay-matches"});
  }
  CHECK(broken(model::check(with_faults("fixed", "flush", {budget("lost-flush")}))).empty());
}

TEST_CASE("what failed costs the other promises nothing") {
  for (const char* const driver : {"fixed", "serialized"}) {
    for (const char* const text : {"write, zeroes", "2*flush", "zeroes ; flush, write"}) {
      CAPTURE(driver);
      CAPTURE(text);
      Names names = broken(model::check(with_faults(driver, text, {budget("eio", 2)})));
      for (const std::string& name : kBoth) names.erase(name);
      CHECK(names.empty());
    }
  }
}

TEST_CASE("the first counterexample needs the fewest faults") {
  CheckOptions options = with_faults("fixed", "write ; write", {budget("eio", 3)});
  options.keep_going = false;
  const model::Result result = model::check(options);
  REQUIRE(result.counterexamples.size() == 1);
  CHECK(result.counterexamples[0].fault_plan == "A.1=eio");
  CHECK(result.faults->plans == Plans{1, 1, 0, 0});
  options = with_faults("buggy", "zeroes, write", {budget("eio")});
  options.keep_going = false;
  CHECK(model::check(options).counterexamples.at(0).fault_plan.empty());
}

TEST_CASE("strategies and reductions agree on verdicts and plans") {
  for (const char* const driver : {"fixed", "buggy", "serialized"}) {
    for (const char* const text : {"2*write", "write, flush"}) {
      CAPTURE(driver);
      CAPTURE(text);
      CheckOptions options = with_faults(driver, text, {budget("eio"), budget("torn")});
      const model::Result all = model::check(options);
      for (const StrategyKind strategy : {StrategyKind::kStateful, StrategyKind::kDpor}) {
        options.strategy = strategy;
        options.equivalence = model::Equivalence::kObserved;
        const model::Result other = model::check(options);
        CHECK(broken(other) == broken(all));
        CHECK(other.faults->plans == all.faults->plans);
      }
    }
  }
  CheckOptions options = with_faults("fixed", "2*discard", {budget("eio")});
  const model::Result all = model::check(options);
  options.strategy = StrategyKind::kDfs;
  CHECK(broken(model::check(options)) == broken(all));
  CHECK(model::check(options).faults->plans == all.faults->plans);
}

TEST_CASE("symmetry explores once what differs by exchanging equal requests") {
  for (const char* const driver : {"fixed", "buggy", "serialized"}) {
    CheckOptions options = with_faults(driver, "2*zeroes", {budget("eio", 2)});
    const model::Result all = model::check(options);
    CHECK(all.faults->plans[1] % 2 == 0);
    options.symmetry = true;
    const model::Result fewer = model::check(options);
    CHECK(broken(fewer) == broken(all));
    CHECK(fewer.faults->plans[1] * 2 == all.faults->plans[1]);
    CHECK(fewer.faults->plans[2] < all.faults->plans[2]);
    CHECK(fewer.counts.executions * 2 == all.counts.executions);
  }
}

TEST_CASE("the result does not depend on the number of workers") {
  CheckOptions options = with_faults("fixed", "write", {budget("eio")});
  options.workloads = model::default_workloads(2);
  for (const bool keep_going : {false, true}) {
    options.keep_going = keep_going;
    options.workers = 1;
    const std::string alone = json_text(model::check(options));
    options.workers = 3;
    CHECK(json_text(model::check(options)) == alone);
  }
}

TEST_CASE("a limit ends the run between plans, too") {
  CheckOptions options = careful<Planted::kNothing>("write, zeroes", {budget("eio", 2)});
  options.limits.executions_max = 20;
  const model::Result result = model::check(options);
  CHECK(result.counts.executions == 20);
  CHECK(result.workloads_done == 0);
  CHECK(result.coverage.bounds == std::vector<std::string>{"max-executions 20"});
}

TEST_CASE("samples draw plans from the seed") {
  for (const StrategyKind strategy :
       {StrategyKind::kRandom, StrategyKind::kPct, StrategyKind::kPos, StrategyKind::kSurw}) {
    CheckOptions options = with_faults("fixed", "write, flush", {budget("eio", 2)});
    options.strategy = strategy;
    options.sampling.samples = 300;
    const model::Result result = model::check(options);
    CHECK(broken(result) == kBoth);
    CHECK(result.counts.executions == 300);
    CHECK(result.faults->plans[0] == 1);
    CHECK(result.faults->plans[1] > 2);
    CHECK(result.faults->plans[2] > 2);
    CHECK(!result.sampling->sampled.odds);
    CHECK(json_text(model::check(options)) == json_text(result));
    options.sampling.seed = 2;
    CHECK(json_text(model::check(options)) != json_text(result));
  }
}

TEST_CASE("as many samples are drawn as were asked for, also where fewer faults are possible") {
  struct Case {
    const char* workload;
    std::vector<model::FaultBudget> budgets;
    Plans plans;
  };
  for (const Case& given : {Case{"flush", {budget("torn", 2)}, {1, 0, 0}},
                            {"write", {budget("lost-flush", 3)}, {1, 0, 0, 0}},
                            {"flush", {budget("lost-flush", 3)}, {1, 2, 1, 0}}}) {
    CheckOptions options = with_faults("fixed", given.workload, given.budgets);
    options.strategy = StrategyKind::kRandom;
    for (const std::uint64_t samples : {1, 3, 5, 900}) {
      CAPTURE(given.workload);
      CAPTURE(samples);
      options.sampling.samples = samples;
      const model::Result result = model::check(options);
      CHECK(result.counts.executions == samples);
      if (samples == 900) CHECK(result.faults->plans == given.plans);
      CHECK(json_text(model::check(options)) == json_text(result));
    }
  }
}

TEST_CASE("any number of samples can be asked for with faults") {
  CheckOptions options = with_faults("fixed", "write", {budget("eio", 2)});
  options.strategy = StrategyKind::kRandom;
  options.sampling.samples = UINT64_MAX;
  options.limits.executions_max = 20;
  CHECK(model::check(options).counts.executions == 20);
}

TEST_CASE("a counterexample is its schedule and its plan") {
  const model::Result result = model::check(with_faults("fixed", "2*zeroes", {budget("eio")}));
  REQUIRE(result.counterexamples.size() == 2);
  for (const model::Counterexample& example : result.counterexamples) {
    CheckOptions replay = options_for("fixed", example.workload);
    replay.strategy = StrategyKind::kReplay;
    replay.schedule = example.schedule;
    replay.fault_plan = std::get<sim::FaultPlan>(model::parse_fault_plan(example.fault_plan));
    const model::Result again = model::check(replay);
    REQUIRE(again.counterexamples.size() == 1);
    CHECK(again.counterexamples[0].schedule == example.schedule);
    CHECK(again.counterexamples[0].findings[0].reason == example.findings[0].reason);
    CHECK(again.faults->plans == Plans{0, 1});
    replay.fault_plan = {{sim::FiberId{0}, 9, sim::FaultKind::kEio}};
    CHECK_THROWS_AS(model::check(replay), model::Divergence);
  }
}

TEST_CASE("a log that fills up fails the writes beyond its end, and only those") {
  CheckOptions options = options_for("fixed", "write, flush ; write");
  options.faults.log_sectors = 12;
  const model::Result result = model::check(options);
  CHECK(broken(result).empty());
  CHECK(result.faults->plans.empty());
  CHECK(result.coverage.complete());
  bool exercised = false;
  for (const auto& property : result.properties)
    exercised |= property.name == "survives-io-error" && property.verdict == Verdict::kHolds;
  CHECK(exercised);
}

}  // namespace simcheck::test
