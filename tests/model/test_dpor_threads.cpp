// As test_dpor.cpp, with several threads: preemption before every access, locks that disable,
// event loops that two fibers share, and data races.
#include <doctest/doctest.h>

#include <algorithm>

#include "tests/model/random_programs.hpp"

namespace simcheck::test {
namespace {

using enum OpKind;

RC_TEST_CASE("threads: shared variables",
             [] {
               one_execution_per_trace({kRead, kWrite, kAdd, kExchange},
                                       {.fibers_max = 3, .ops_max = 2, .threads = 3});
             },
             {.max_success = 120})
RC_TEST_CASE("threads: footprints that depend on the state",
             [] {
               one_execution_per_trace({kRead, kWrite, kBranch, kExchange},
                                       {.fibers_max = 3, .ops_max = 3, .threads = 3});
             },
             {.max_success = 120})
RC_TEST_CASE("threads: locks, held and tried, with deadlocks",
             [] {
               one_execution_per_trace({kRead, kWrite, kLock, kTryLock},
                                       {.fibers_max = 3, .ops_max = 2, .threads = 3});
             },
             {.max_success = 120})
RC_TEST_CASE("threads: a lock held across other accesses, or kept for ever, and tried meanwhile",
             [] {
               one_execution_per_trace({kRead, kAdd, kBranch, kTake, kGive, kTryLock},
                                       {.fibers_max = 3, .ops_max = 3, .threads = 3});
             },
             {.max_success = 200})
RC_TEST_CASE("threads: a lock given back by who does not hold it",
             [] {
               one_execution_per_trace(
                   {kRead, kAdd, kTake, kUnlock},
                   {.fibers_max = 3, .ops_max = 3, .threads = *rc::gen::element(1U, 2U, 3U)});
             },
             {.max_success = 200})
RC_TEST_CASE("threads: a lock held across waits",
             [] {
               one_execution_per_trace({kAdd, kTake, kGive, kTryLock, kWait, kWake},
                                       {.fibers_max = 3, .ops_max = 4, .threads = 3});
             },
             {.max_success = 200})
RC_TEST_CASE("threads: fibers that share an event loop",
             [] {
               one_execution_per_trace({kYield, kRead, kWrite, kLock, kTryLock},
                                       {.fibers_max = 3, .ops_max = 2, .threads = 2});
             },
             {.max_success = 120})
RC_TEST_CASE("threads: waits, wakes and lost wake-ups",
             [] {
               one_execution_per_trace({kYield, kWrite, kWait, kWake},
                                       {.fibers_max = 3, .ops_max = 3, .threads = 2});
             },
             {.max_success = 120})
RC_TEST_CASE("threads: condition variables, with lost notifications",
             [] {
               one_execution_per_trace(
                   {kAdd, kTake, kGive, kTryLock, kSleep, kSleep, kNotify},
                   {.fibers_max = 3, .ops_max = 3, .threads = *rc::gen::element(1U, 2U, 3U)});
             },
             {.max_success = 200})
RC_TEST_CASE("threads: everything together",
             [] {
               one_execution_per_trace(
                   {kYield, kRead, kWrite, kAdd, kBranch, kDiskWrite, kDiskRead, kWait, kWake,
                    kLock, kTryLock, kExchange, kTake, kGive},
                   {.fibers_max = 3, .ops_max = 3, .threads = *rc::gen::element(2U, 3U)});
             },
             {.max_success = 200})

RC_TEST_CASE("threads: the order in which fibers are spawned changes no count",
             [] {
               constexpr ProgramSize kSize{.fibers_max = 3, .ops_max = 2, .threads = 3};
               Program program = *rc::gen::resize(
                   rc::kNominalSize,
                   programs({kYield, kRead, kAdd, kBranch, kWait, kWake, kLock, kTryLock}, kSize));
               const Exploration one = explore(program, With::kDpor, kDfsExecutionsMax, 3);
               std::rotate(program.begin(), program.begin() + 1, program.end());
               const Exploration other = explore(program, With::kDpor, kDfsExecutionsMax, 3);
               if (one.cut || other.cut) return;
               RC_ASSERT(one.counts.executions == other.counts.executions);
               RC_ASSERT(one.counts.deadlocked == other.counts.deadlocked);
             },
             {.max_success = 200})

}  // namespace
}  // namespace simcheck::test
