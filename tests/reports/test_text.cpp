// Whole pages, character by character: this output is what users see first.
#include <doctest/doctest.h>

#include <algorithm>
#include <sstream>
#include <string>

#include "reports/text.hpp"
#include "tests/reports/samples.hpp"
#include "tests/support/contains.hpp"

namespace simcheck::test {
namespace {

std::string quiet_text(const model::Result& result) {
  std::ostringstream out;
  reports::write_text(out, result, {.quiet = true});
  return out.str();
}

}  // namespace

TEST_CASE("a passing run says exactly what it covered") {
  CHECK(text_of(passing_result()) == R"(holds (complete)

driver     fixed
workloads  default set of depth 2 (2 workloads)
explored   every interleaving
strategy   dpor, with trace equivalence, symmetry
counts     1,234,567 executions (0 deadlocked), 0 blocked, 23,456,789 transitions

no-overlap   holds
acked-order  not exercised: nothing explored could have broken it
)");
}

TEST_CASE("the race is told at a glance") {
  CHECK(text_of(racy_result()) == R"(violated: no-overlap, log-parses

Counterexample, 2 requests in 12 steps: zeroes 0 4k, write 8k 4k
(* the driver runs, . a disk request takes effect, | in flight)

                                                                                cur_log_  nr_
  step  A: zeroes 0 4k                      B: write 8k 4k                      sector    entries
  1-2   * submits data zeroes               * submits data write
  3-4   . data zeroes take effect           . data write takes effect
  5     * data zeroes done                  |                                   1 -> 2    0 -> 1
        | places its entry at log sector 1  |
        | submits header @ log 1            |
! 6     |                                   * data write done                   2 -> 11   1 -> 2
        |                                   | places its entry at log sector 2
        |                                   | submits header+data @ log 2..10
        |                                   | ! breaks no-overlap
  7-8   * header done                       |                                   11 -> 19
        | submits zeroes @ log 11..18       |
        | (its header promises log 2..9)    |
  9     |                                   . header+data takes effect
  10    . zeroes take effect                |
  11    |                                   * header+data done
        |                                   | acknowledged: ok
  12    * zeroes done
        | acknowledged: ok

The log, one column a sector of 512 bytes. `placed`: what the driver put there, capitals are
headers, small letters their data, S is the superblock. Below: what each entry's header claims.

  sector      0  1  2  3  4  5  6  7  8  9 10 11 12 13 14 15 16 17 18
  placed      S  A  B  b  b  b  b  b  b  b  b  a  a  a  a  a  a  a  a
  entry of A     A  a  a  a  a  a  a  a  a
  entry of B        B  b  b  b  b  b  b  b  b
  overlap           ^  ^  ^  ^  ^  ^  ^  ^

A reader who trusts the headers finds the entry of A, looks for the next header in sector 10 and
meets data of B; the entry of B is never seen.

violated: no-overlap, at step 6
  A's entry [1, 10) covers B's header at log sector 2
violated: log-parses, in the end
  the walk meets data of B at log sector 10

See it again with
  simcheck --driver buggy --workload 'zeroes 0 4k, write 8k 4k' --replay 's1:0.1.0.1*4'

driver     buggy
workloads  default set of depth 2 (1 of 2 workloads)
explored   up to the first violation
strategy   dpor, with trace equivalence, symmetry
counts     8 executions (0 deadlocked), 0 blocked, 77 transitions

no-overlap  violated
log-parses  violated
terminates  no violation so far
)");
}

TEST_CASE("verbose text has every step and every workload") {
  const std::string text = text_of(racy_result(), 100, true);
  CHECK(contains(text, "\n  7     . header takes effect "));
  CHECK(contains(text, "\n  8     * header done "));
  CHECK(contains(text,
                 "zeroes 0 4k, write 8k 4k: violated, 8 executions (0 deadlocked), 0 blocked, "
                 "77 transitions\n"));
}

TEST_CASE("quiet text is the verdict alone") {
  CHECK(quiet_text(passing_result()) == "holds (complete)\n");
  CHECK(quiet_text(racy_result()) == "violated: no-overlap, log-parses\n");
}

TEST_CASE("text keeps to its width, from the narrowest on") {
  model::Result many = racy_result();
  many.counterexamples.push_back(sequential_counterexample(12, 8));
  for (const std::size_t width : {0U, 60U, 61U, 79U, 80U, 100U, 132U, 200U}) {
    CAPTURE(width);
    const std::size_t limit = std::max(width, reports::kTextWidthMin);
    CHECK(widest_line(text_of(racy_result(), width)) <= limit);
    CHECK(widest_line(text_of(racy_result(), width, true)) <= limit);
    CHECK(widest_line(text_of(many, width, true)) <= limit);
    CHECK(widest_line(text_of(deadlocked_result(), width)) <= limit);
  }
}

TEST_CASE("of many counterexamples, the first is shown in full") {
  model::Result result = racy_result();
  result.counterexamples.push_back(racy_counterexample());
  CHECK(contains(text_of(result),
                 "Counterexample, 12 steps, breaks no-overlap, log-parses: zeroes 0 4k, write 8k "
                 "4k\n  simcheck --driver buggy"));
}

TEST_CASE("names from outside can neither break the layout nor drive the terminal") {
  model::Result result = racy_result();
  result.driver = "evil\x1b[2J\n'name\"";
  result.counterexamples.front().trace.lanes[0].name = "A\tB\n";
  result.counterexamples.front().findings[0].property =
      "\x9b"
      "31m";
  const std::string text = text_of(result);
  CHECK(text.find('\x1b') == std::string::npos);
  CHECK(text.find('\t') == std::string::npos);
  CHECK(text.find('\x9b') == std::string::npos);
  CHECK(contains(text, "driver     evil\\x1b[2J\\x0a'name\"\n"));
  CHECK(contains(text, R"(simcheck --driver $'evil\033[2J\012\'name"' --workload)"));
}

TEST_CASE("faults and the log at the start have lines of their own") {
  model::Result result = passing_result();
  result.initial_log = "an older log of 4 entries";
  result.faults = model::FaultResult{.asked = "eio=2", .plans = {2, 1200, 1}};
  const std::string text = text_of(result);
  CHECK(text.find("\nlog        at the start an older log of 4 entries\n") != std::string::npos);
  CHECK(text.find("\nfaults     eio=2: 1,200 plans of one fault, 1 of two on 2 workloads\n") !=
        std::string::npos);
}

TEST_CASE("a header that a fault kept away is marked, and claims nothing") {
  model::Result result = racy_result();
  result.counterexamples.front().fault_plan = "A.2=eio";
  result.counterexamples.front().trace.entries.front().header_failed = true;
  const std::string text = text_of(result);
  CHECK(text.find(", with A.2=eio: ") != std::string::npos);
  CHECK(text.find("! a header that a fault kept away") != std::string::npos);
  CHECK(text.find("  placed      S  !") != std::string::npos);
}

}  // namespace simcheck::test
