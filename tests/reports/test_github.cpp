// Annotations for GitHub Actions.
#include "reports/github.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <sstream>
#include <string>

#include "tests/reports/samples.hpp"

namespace simcheck::test {
namespace {

std::string annotations(const model::Result& result) {
  std::ostringstream out;
  reports::write_github(out, result);
  return out.str();
}

}  // namespace

TEST_CASE("each violation is an error on a line of its own") {
  CHECK(annotations(racy_result()) ==
        "::error title=simcheck%3A buggy breaks no-overlap::zeroes 0 4k, write 8k 4k: A's entry "
        "[1, 10) covers B's header at log sector 2, at step 6.%0ASee it again with%0Asimcheck "
        "--driver buggy --workload 'zeroes 0 4k, write 8k 4k' --replay 's1:0.1.0.1*4'\n"
        "::error title=simcheck%3A buggy breaks log-parses::zeroes 0 4k, write 8k 4k: the walk "
        "meets data of B at log sector 10, in the end.%0ASee it again with%0Asimcheck --driver "
        "buggy --workload 'zeroes 0 4k, write 8k 4k' --replay 's1:0.1.0.1*4'\n");
}

TEST_CASE("what is known is a warning, success a notice, a search cut short a warning") {
  model::Result known = racy_result();
  for (model::Finding& finding : known.counterexamples.front().findings) finding.known = true;
  CHECK(annotations(known).starts_with(
      "::warning title=simcheck%3A buggy breaks no-overlap (known)::"));
  CHECK(annotations(passing_result()) ==
        "::notice title=simcheck%3A fixed::default set of depth 2: holds (complete)\n");
  model::Result bounded = passing_result();
  bounded.coverage.bounds = {"max-executions 5"};
  CHECK(annotations(bounded).starts_with("::warning "));
  model::Result idle = passing_result();
  idle.verdict = model::Verdict::kNotExercised;
  CHECK(annotations(idle) ==
        "::warning title=simcheck%3A fixed::default set of depth 2: not exercised (complete)\n");
}

TEST_CASE("an expected violation is a notice, its absence an error") {
  model::Result racy = racy_result();
  racy.violation_expected = true;
  CHECK(annotations(racy).starts_with(
      "::notice title=simcheck%3A buggy breaks no-overlap (expected)::"));
  CHECK(annotations(racy).find("::error") == std::string::npos);
  model::Result passing = passing_result();
  passing.violation_expected = true;
  CHECK(annotations(passing) ==
        "::error title=simcheck%3A fixed::default set of depth 2: a violation was expected, and "
        "there is none\n");
  passing.coverage.bounds = {"max-executions 5"};
  CHECK(annotations(passing).starts_with("::warning "));
}

TEST_CASE("no text from outside can begin a command of its own") {
  model::Result result = racy_result();
  result.driver = "x\n::set-output name=a::,b%";
  result.counterexamples.front().findings.front().reason = "first\r\n::error::second";
  const std::string text = annotations(result);
  CHECK(std::ranges::count(text, '\n') == 2);
  CHECK(text.find("x%0A%3A%3Aset-output name=a%3A%3A%2Cb%25 breaks") != std::string::npos);
  CHECK(text.find("first%0D%0A::error::second") != std::string::npos);
}

}  // namespace simcheck::test
