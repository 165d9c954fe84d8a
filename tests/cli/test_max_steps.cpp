// The limit of an execution's steps, and traces that reach it.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "tests/cli/command.hpp"
#include "tests/support/contains.hpp"
#include "tests/support/files.hpp"

namespace simcheck::test {
namespace {

// Any one execution of it takes more steps than a trace is shown with.
const Arguments kOutOfSteps = {"--workload",     "60*flush", "--strategy",  "random",
                               "--samples",      "1",        "--max-steps", "450",
                               "--shrink-limit", "0",        "--property",  "terminates"};

}  // namespace

TEST_CASE("an execution of more steps than --max-steps breaks terminates") {
  const ProcessResult result = simcheck({"--workload", "write", "--max-steps", "3"});
  CHECK(result.exit_status == 1);
  CHECK(contains(result.out, "not at an end after 3 steps"));
  CHECK(simcheck({"--workload", "write", "--max-steps", "32767"}).exit_status == 0);
}

// What could still have run when the limit came was not seen by dpor, which then has no reason to
// try other orders.
TEST_CASE("a run that goes on behind an execution that was too long is bounded") {
  const TempDir directory;
  const Arguments run = {"--workload", "write", "--max-steps", "3"};
  const ProcessResult all = simcheck(with(run, {"--keep-going"}));
  CHECK(contains(all.out, "\nexplored   only what these bounds let through: max-steps 3\n"));
  const std::string baseline = directory / "known";
  simcheck(with(run, {"--write-baseline", baseline}));
  const ProcessResult known = simcheck(with(run, {"--baseline", baseline}));
  CHECK(contains(known.out, "1 known, 0 new"));
  CHECK(known.exit_status == 3);
}

TEST_CASE("the replay line has the limit, and ends in the same way") {
  const ProcessResult result = simcheck({"--workload", "write", "--max-steps", "3", "--json"});
  const auto json = nlohmann::json::parse(result.out);
  const std::string line = json["counterexamples"][0]["replay"];
  CHECK(contains(line, " --max-steps 3 "));
  const ProcessResult again = shell("PATH=${simcheck%/*}:$PATH; " + line);
  CHECK(again.exit_status == 1);
  CHECK(contains(again.out, "not at an end after 3 steps"));
}

TEST_CASE("--max-steps is refused out of its range, and where nothing would tell of it") {
  for (const char* value : {"0", "32768"}) {
    const ProcessResult result = simcheck({"--max-steps", value});
    CHECK(result.exit_status == 2);
    CHECK(contains(result.err, "is not a whole number from 1 to 32767"));
  }
  const ProcessResult unjudged = simcheck({"--max-steps", "9", "--property", "no-overlap"});
  CHECK(unjudged.exit_status == 2);
  CHECK(contains(unjudged.err, "add --property terminates"));
}

TEST_CASE("the middle of a long trace is left out of the text, unless with --verbose") {
  const TempDir directory;
  const std::string trace = directory / "t";
  const ProcessResult result = simcheck(with(kOutOfSteps, {"--trace", trace}));
  CHECK(result.exit_status == 1);
  CHECK(contains(result.out, "\n  ... 250 steps left out; --verbose shows them"));
  CHECK(!contains(simcheck(with(kOutOfSteps, {"--verbose"})).out, "left out"));
  CHECK(contains(simcheck({"replay", trace}).out, "\n  ... 250 steps left out;"));
  CHECK(!contains(simcheck({"replay", trace, "--verbose"}).out, "left out"));
  CHECK(contains(simcheck({"explain", trace}).out, "\n  ... 250 steps left out;"));
  const auto json = nlohmann::json::parse(simcheck(with(kOutOfSteps, {"--json"})).out);
  CHECK(json["counterexamples"][0]["steps"].size() == 450);
}

}  // namespace simcheck::test
