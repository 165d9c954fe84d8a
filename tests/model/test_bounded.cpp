// Bounds against their definition: on random programs of several threads, dfs and dpor within a
// bound must find the very traces that are within it, by brute force over all executions.
#include <doctest/doctest.h>

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "tests/model/bounded_rig.hpp"
#include "tests/model/random_programs.hpp"

namespace simcheck::test {
namespace {

using Of = model::ScheduleBound::Of;
using enum OpKind;

constexpr std::uint64_t kExecutionsMax = 5000;

Make dfs() {
  return [](model::Explorer&) { return model::make_dfs(); };
}
Make bounded_dfs(Of what, std::uint32_t bound) {
  return [=](model::Explorer& explorer) {
    return model::make_bounded_dfs(explorer, {what, bound});
  };
}
Make bounded_dpor(std::uint32_t bound, std::uint32_t slack) {
  return
      [=](model::Explorer& explorer) { return model::make_bounded_dpor(explorer, bound, slack); };
}
Make rising(model::ScheduleBound bound, bool with_dfs) {
  return [=](model::Explorer& explorer) { return model::make_bounded(explorer, bound, with_dfs); };
}

rc::Gen<Program> programs_of(std::uint32_t threads, std::vector<OpKind> kinds) {
  const auto op = ops(std::move(kinds));
  const std::size_t end = threads == 2 ? 4 : 3;
  return rc::gen::mapcat(rc::gen::inRange(threads, threads + 2), [op, end](std::uint32_t fibers) {
    const auto fiber = rc::gen::mapcat(rc::gen::inRange<std::size_t>(1, end), [op](std::size_t n) {
      return rc::gen::container<std::vector<Op>>(n, op);
    });
    return rc::gen::container<Program>(std::size_t{fibers}, fiber);
  });
}

std::set<PlainTrace> traces_of(const BoundedExploration& exploration,
                               std::uint32_t bound = UINT32_MAX) {
  std::set<PlainTrace> traces;
  for (const auto& [trace, preemptions] : exploration.traces) {
    if (preemptions <= bound) traces.insert(trace);
  }
  return traces;
}

void nothing_within_the_bound_is_lost(std::uint32_t threads, const std::vector<OpKind>& kinds) {
  const Program program = *rc::gen::resize(rc::kNominalSize, programs_of(threads, kinds));
  const auto all = explore_threads(program, threads, dfs(), kExecutionsMax);
  if (all.too_large) return;  // RapidCheck tries another
  RC_LOG() << to_text(program) << "\n";
  for (std::uint32_t bound = 0; bound < 4; ++bound) {
    const auto expected = traces_of(all, bound);
    const auto by_dfs =
        explore_threads(program, threads, bounded_dfs(Of::kPreemptions, bound), kExecutionsMax);
    const auto by_dpor =
        explore_threads(program, threads, bounded_dpor(bound, model::preemption_slack(threads)),
                        10 * kExecutionsMax);
    RC_ASSERT(traces_of(by_dfs) == expected);
    RC_ASSERT(traces_of(by_dpor) == expected);
    RC_ASSERT(by_dpor.counts.executions == expected.size());
    RC_ASSERT(by_dpor.was_cut == (expected.size() < all.traces.size()));
  }
}

const std::vector<OpKind> kAccesses{kRead, kWrite, kAdd};
const std::vector<OpKind> kAllOps{kYield, kRead, kWrite, kAdd,     kBranch,   kDiskWrite, kDiskRead,
                                  kWait,  kWake, kLock,  kTryLock, kExchange, kTake,      kGive};

RC_TEST_CASE("two threads: accesses", [] { nothing_within_the_bound_is_lost(2, kAccesses); },
             {.max_success = 300})
RC_TEST_CASE("two threads: everything", [] { nothing_within_the_bound_is_lost(2, kAllOps); },
             {.max_success = 300})
RC_TEST_CASE("three threads: accesses", [] { nothing_within_the_bound_is_lost(3, kAccesses); },
             {.max_success = 200})
RC_TEST_CASE("three threads: everything", [] { nothing_within_the_bound_is_lost(3, kAllOps); },
             {.max_success = 200})

// One thread adds to x twice, in one section; the other writes x once.
const Program kTwoAddsAndAWrite{{{kAdd, 0, 0}, {kAdd, 0, 0}}, {{kWrite, 0, 0}}};

}  // namespace

TEST_CASE("a bound that cuts nothing ends the rising ones, and says so") {
  for (const bool with_dfs : {false, true}) {
    const auto all = explore_threads(kTwoAddsAndAWrite, 2, dfs(), kExecutionsMax);
    const auto cut =
        explore_threads(kTwoAddsAndAWrite, 2, rising({Of::kPreemptions, 0}, with_dfs), 1000);
    const auto whole =
        explore_threads(kTwoAddsAndAWrite, 2, rising({Of::kPreemptions, 100}, with_dfs), 1000);
    CHECK(cut.was_cut);
    CHECK(traces_of(cut) == traces_of(all, 0));
    CHECK(!whole.was_cut);
    CHECK(traces_of(whole) == traces_of(all));
  }
}

TEST_CASE("without slack, dpor would lose traces within the bound") {
  const Program program{
      {{kRead, 0, 0}, {kWrite, 0, 0}}, {{kRead, 0, 0}, {kWrite, 0, 0}}, {{kRead, 0, 0}}};
  const auto traces = [&](std::uint32_t slack) {
    return explore_threads(program, 3, bounded_dpor(0, slack), 1000).traces.size();
  };
  CHECK(traces(0) == 4);
  CHECK(traces(model::preemption_slack(3)) == 6);  // the threads one after the other
}

TEST_CASE("with one thread there are no preemptions") {
  const auto result =
      explore_threads(kTwoAddsAndAWrite, 1, rising({Of::kPreemptions, 0}, false), 1000);
  CHECK(!result.was_cut);
  CHECK(result.counts.blocked == 0);
}

TEST_CASE("delays: without one there is one schedule, and enough of them are all") {
  const Program program{{{kYield, 0, 0}}, {{kYield, 0, 0}}, {{kYield, 0, 0}}};
  const auto executions = [&](std::uint32_t delays) {
    return explore_threads(program, 1, bounded_dfs(Of::kDelays, delays), 1000).counts.executions;
  };
  CHECK(executions(0) == 1);
  // A delay before any of the four transitions that have others to choose from.
  CHECK(executions(1) == 5);
  CHECK(executions(2) > 5);
  CHECK(executions(100) == 90);  // 6! / 2! 2! 2!
}

TEST_CASE("rising delays give the counts of the last bound") {
  const Program program{{{kYield, 0, 0}}, {{kYield, 0, 0}}};
  const auto result = explore_threads(program, 1, rising({Of::kDelays, 1}, true), 1000);
  CHECK(result.was_cut);
  CHECK(result.counts.executions ==
        explore_threads(program, 1, bounded_dfs(Of::kDelays, 1), 1000).counts.executions);
}

}  // namespace simcheck::test
