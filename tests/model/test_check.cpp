// Whole checks: exact numbers of executions, verdicts, limits, and that every violation replays.
#include "model/check.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <atomic>
#include <cstdint>
#include <fstream>
#include <initializer_list>
#include <span>
#include <string>
#include <vector>

#include "model/default_workloads.hpp"
#include "tests/model/drivers_under_check.hpp"
#include "tests/model/factorial.hpp"
#include "tests/support/build.hpp"
#include "tests/support/json_text.hpp"
#include "tests/support/paths.hpp"

namespace simcheck::test {
namespace {

using model::Counts;
using model::Verdict;

// Traces of a burst of requests on `fixed`. Each of n requests reserves (all in some order: n!),
// and reads nr_entries once more after that: the one that reserved k-th in one of the n-k+1 gaps
// behind it (n! again). The superblocks of f flushes are written over one another in any order
// (f!).
std::uint64_t traces_of_fixed(const std::string& text) {
  std::uint64_t n = 0, flushes = 0;
  const model::Workload requests = workload(text);
  for (const model::Request& request : requests.stages.front()) {
    ++n;
    if (request.kind == sim::IoKind::kFlush) ++flushes;
  }
  return factorial(n) * factorial(n) * factorial(flushes);
}

TEST_CASE("fixed: n requests, f of them flushes, have (n!)^2 f! traces") {
  for (const char* const text :
       {"write", "2*zeroes", "3*discard", "write, zeroes, discard", "flush", "2*flush", "3*flush",
        "2*flush, zeroes", "write, flush", "4*write", "2*flush, write, discard"}) {
    CAPTURE(text);
    const Counts counts = model::check(options_for("fixed", text)).counts;
    CHECK(counts.executions == traces_of_fixed(text));
    CHECK(counts.blocked == 0);
    CHECK(counts.deadlocked == 0);
  }
}

TEST_CASE("symmetry leaves one execution of those that differ by swapping equal requests") {
  for (const auto& example : {std::pair{"3*zeroes", 6U},
                              {"3*flush", 6U},
                              {"2*write, flush", 2U},
                              {"4*write", 24U},
                              {"2*write, 3*flush", 12U}}) {
    const std::string text = example.first;
    CAPTURE(text);
    model::CheckOptions options = options_for("fixed", text);
    options.symmetry = true;
    CHECK(model::check(options).counts.executions * example.second == traces_of_fixed(text));
  }
}

TEST_CASE("the order of a workload's requests changes no count") {
  const std::initializer_list<const char*> orders[] = {
      {"2*flush, write", "flush, write, flush", "write, 2*flush"},
      {"2*flush, 2*zeroes", "zeroes, 2*flush, zeroes", "zeroes, flush, zeroes, flush"}};
  for (const char* const driver : {"buggy", "mutex-v2", "serialized"}) {
    for (const auto& order : std::span(orders).first(by_build(2U, 1U))) {
      const Counts first = model::check(options_for(driver, *order.begin())).counts;
      for (const char* const text : order) {
        CAPTURE(driver);
        CAPTURE(text);
        const Counts counts = model::check(options_for(driver, text)).counts;
        CHECK(counts.executions == first.executions);
        CHECK(counts.deadlocked == first.deadlocked);
        CHECK(counts.blocked == 0);
      }
    }
  }
}

// Lines of "driver | workload | executions deadlocked": counts that must not change by accident.
TEST_CASE("golden numbers of executions") {
  std::ifstream file(source_dir() / "tests/golden/executions.txt");
  REQUIRE(file);
  std::string line;
  int lines = 0;
  while (std::getline(file, line)) {
    if (line.empty() || line.front() == '#') continue;
    ++lines;
    const std::size_t one = line.find(" | "), two = line.rfind(" | ");
    const std::string driver = line.substr(0, one), text = line.substr(one + 3, two - one - 3);
    const Counts counts = model::check(options_for(driver, text)).counts;
    CHECK(fmt::format("{} | {} | {} {}", driver, text, counts.executions, counts.deadlocked) ==
          line);
    CHECK(counts.blocked == 0);
  }
  CHECK(lines > 30);
}

TEST_CASE("dfs agrees with dpor on the drivers") {
  using Texts = std::vector<const char*>;
  constexpr const char* kStaged = "flush ; zeroes, discard";
  for (const char* const driver : {"buggy", "fixed", "mutex-v1", "mutex-v2", "serialized"}) {
    for (const char* const text : by_build(Texts{"zeroes, write", "flush, zeroes", kStaged},
                                           Texts{"zeroes, write", kStaged})) {
      CAPTURE(driver);
      CAPTURE(text);
      model::CheckOptions options = options_for(driver, text);
      const model::Result reduced = model::check(options);
      options.strategy = model::StrategyKind::kDfs;
      const model::Result all = model::check(options);
      CHECK(reduced.verdict == all.verdict);
      CHECK(reduced.counts.executions < all.counts.executions);
      for (std::size_t p = 0; p < all.properties.size(); ++p) {
        CAPTURE(all.properties[p].name);
        CHECK(reduced.properties[p].verdict == all.properties[p].verdict);
      }
    }
  }
}

TEST_CASE("canary: the race is found in two requests, and no-overlap is named first") {
  model::CheckOptions options = options_for("buggy", "write");
  options.workloads = model::default_workloads(6);
  options.keep_going = false;
  options.symmetry = true;
  const model::Result result = model::check(options);
  REQUIRE(result.verdict == Verdict::kViolated);
  REQUIRE(result.counterexamples.size() == 1);
  const model::Counterexample& found = result.counterexamples.front();
  CHECK(found.workload == "write 0 4k, zeroes 8k 4k");
  REQUIRE(found.findings.size() == 4);
  CHECK(found.findings[0].property == "no-overlap");
  CHECK(found.findings[1].property == "contiguous");
  CHECK(found.findings[2].property == "log-parses");
  CHECK(found.findings[3].property == "replay-matches");
  // The story: the zero-write's header at s, the other request at s+1, the zeroes behind it.
  REQUIRE(found.trace.entries.size() == 2);
  CHECK(found.trace.entries[0].header_sector == 1);
  CHECK(found.trace.entries[1].header_sector == 2);
  CHECK(found.trace.entries[0].data_at == 11);
}

TEST_CASE("every violation replays to the same findings and the same trace") {
  for (const auto& [driver, text] :
       {std::pair{"buggy", "zeroes, write"}, {"buggy", "2*zeroes"}, {"mutex-v2", "2*flush"}}) {
    model::CheckOptions options = options_for(driver, text);
    options.keep_going = false;
    const model::Result found = model::check(options);
    REQUIRE(found.counterexamples.size() == 1);
    options.strategy = model::StrategyKind::kReplay;
    options.schedule = found.counterexamples.front().schedule;
    const model::Result again = model::check(options);
    REQUIRE(again.counterexamples.size() == 1);
    const model::Counterexample& a = found.counterexamples.front();
    const model::Counterexample& b = again.counterexamples.front();
    CHECK(a.schedule == b.schedule);
    REQUIRE(a.findings.size() == b.findings.size());
    for (std::size_t i = 0; i < a.findings.size(); ++i) {
      CHECK(a.findings[i].reason == b.findings[i].reason);
    }
    CHECK(a.trace.steps.size() == b.trace.steps.size());
  }
}

TEST_CASE("the number of workers changes nothing") {
  for (const bool keep_going : {false, true}) {
    for (const char* const driver : {"buggy", "fixed", "mutex-v2"}) {
      model::CheckOptions options = options_for(driver, "write");
      options.workloads = model::default_workloads(by_build(3, 2));
      options.keep_going = keep_going;
      options.workers = 1;
      const std::string one = json_text(model::check(options));
      for (const unsigned workers : {2U, 5U}) {
        CAPTURE(workers);
        options.workers = workers;
        CHECK(json_text(model::check(options)) == one);
      }
    }
  }
}

TEST_CASE("a run that hits a limit is bounded, and one that is interrupted says so") {
  model::CheckOptions options = options_for("fixed", "4*write");
  options.limits.executions_max = 10;
  const model::Result bounded = model::check(options);
  CHECK(bounded.counts.executions == 10);
  CHECK_FALSE(bounded.coverage.complete());
  CHECK(bounded.verdict == Verdict::kHolds);
  CHECK(bounded.workloads_done == 0);

  const std::atomic<bool> interrupt = true;
  options.limits.executions_max = 0;
  options.interrupt = &interrupt;
  const model::Result interrupted = model::check(options);
  CHECK(interrupted.verdict == Verdict::kInterrupted);
  CHECK_FALSE(interrupted.coverage.complete());
}

TEST_CASE("executions that the limit of steps ended are no complete coverage") {
  model::CheckOptions options = options_for("fixed", "2*write");
  options.limits.steps_max = 5;
  CHECK(model::check(options).verdict == model::Verdict::kViolated);
  std::erase_if(options.properties, [](const auto& p) { return p->name() == "terminates"; });
  const model::Result result = model::check(options);
  CHECK(result.counts.too_long == result.counts.executions);
  CHECK(result.verdict != model::Verdict::kViolated);
  CHECK(result.coverage.bounds == std::vector<std::string>{"max-steps 5"});
}

TEST_CASE("a schedule that does not fit is a divergence that names the step") {
  model::CheckOptions options = options_for("fixed", "write");
  options.strategy = model::StrategyKind::kReplay;
  const auto message = [&](const char* schedule) {
    options.schedule = schedule;
    try {
      model::check(options);
    } catch (const model::Divergence& divergence) {
      return std::string(divergence.what());
    }
    return std::string("none");
  };
  CHECK(message("s1:0.1") ==
        "step 2 of the schedule runs fiber 1, which does not exist: is it for another driver or "
        "workload?");
  CHECK(message("s1:0*99") ==
        "the schedule has 99 steps, but after 5 of them nothing can run any more: is it for "
        "another driver or workload?");
  CHECK(message("s1:0*2") == "none");
}

}  // namespace
}  // namespace simcheck::test
