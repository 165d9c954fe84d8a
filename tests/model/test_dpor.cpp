// The clever engine against the simple one: on random programs, dpor must run exactly one execution
// for each Mazurkiewicz trace that dfs finds, and reach the same final states.
#include <doctest/doctest.h>

#include "tests/model/random_programs.hpp"

namespace simcheck::test {
namespace {

using enum OpKind;

RC_TEST_CASE("shared variables",
             [] {
               one_execution_per_trace({kYield, kRead, kWrite, kAdd});
             },
             {.max_success = 500})
RC_TEST_CASE("disks",
             [] {
               one_execution_per_trace({kYield, kRead, kAdd, kDiskRead, kDiskWrite});
             },
             {.max_success = 300})
RC_TEST_CASE("footprints that depend on the state",
             [] {
               one_execution_per_trace({kYield, kRead, kWrite, kAdd, kBranch});
             },
             {.max_success = 500})
RC_TEST_CASE("waits, wakes and lost wake-ups",
             [] {
               one_execution_per_trace({kYield, kWrite, kAdd, kWait, kWake});
             },
             {.max_success = 500})
RC_TEST_CASE("a mutex held across a yield, with deadlocks",
             [] {
               one_execution_per_trace({kYield, kRead, kAdd, kLock});
             },
             {.max_success = 500})
RC_TEST_CASE("trying a lock, and compare-exchange",
             [] {
               one_execution_per_trace({kYield, kRead, kAdd, kLock, kTryLock, kExchange});
             },
             {.max_success = 300})
RC_TEST_CASE("everything together",
             [] {
               one_execution_per_trace({kYield, kRead, kWrite, kAdd, kBranch, kDiskWrite, kDiskRead,
                                        kWait, kWake, kLock, kTryLock, kExchange, kTake, kGive});
             },
             {.max_success = 500})

RC_TEST_CASE("the order in which fibers are spawned changes no count",
             [] {
               Program program = *rc::gen::resize(
                   rc::kNominalSize, programs({kYield, kRead, kAdd, kBranch, kWait, kWake}));
               const Exploration one = explore(program, With::kDpor, kDfsExecutionsMax);
               std::rotate(program.begin(), program.begin() + 1, program.end());
               const Exploration other = explore(program, With::kDpor, kDfsExecutionsMax);
               if (one.cut || other.cut) return;
               RC_ASSERT(one.counts.executions == other.counts.executions);
               RC_ASSERT(one.counts.deadlocked == other.counts.deadlocked);
             },
             {.max_success = 200})

TEST_CASE("a race that only shows when a branch is taken is found") {
  // Found by the random programs above while sequences were taken from the events before e' only:
  // the second fiber touches x2 only if nobody came between its two sections.
  const Program program{{{kAdd, 1, 1}, {kYield, 0, 2}},
                        {{kWrite, 1, 2}, {kYield, 0, 0}, {kBranch, 1, 2}},
                        {{kWrite, 2, 0}}};
  CHECK(explore(program, With::kDfs, 100'000).traces.size() == 5);
  CHECK(explore(program, With::kDpor, 100'000).counts.executions == 5);
}

}  // namespace
}  // namespace simcheck::test
