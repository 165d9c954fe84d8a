// Whole checks: verdicts, exit statuses, replays, and output that is not lost.

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/cli/command.hpp"
#include "tests/support/files.hpp"

namespace simcheck::test {
namespace {

const Arguments kRace = {"--driver", "buggy", "--workload", "zeroes, write"};

nlohmann::json json_of(const Arguments& arguments) {
  return nlohmann::json::parse(simcheck(with(arguments, {"--json"})).out);
}

std::string line_with(const std::string& text, const std::string& part) {
  const std::size_t found = text.find(part);
  if (found == std::string::npos) return "";
  const std::size_t begin = text.rfind('\n', found) + 1;
  return text.substr(begin, text.find('\n', found) - begin);
}

// From the counterexample to the end of its replay line.
std::string counterexample_of(const std::string& report) {
  const std::size_t begin = report.find("Counterexample");
  const std::size_t end = report.find("\n\n", report.find("See it again with"));
  return begin == std::string::npos ? "" : report.substr(begin, end - begin);
}

}  // namespace

TEST_CASE("exit statuses tell the verdict") {
  CHECK(simcheck(kRace).exit_status == 1);
  CHECK(simcheck({"--driver", "fixed", "--depth", "2"}).exit_status == 0);
  CHECK(simcheck({"--depth", "2", "--max-executions", "5"}).exit_status == 3);
  CHECK(simcheck({"--depth", "2", "--workload", "3*zeroes"}).exit_status == 3);
  CHECK(simcheck({"--workload", "flush", "--replay", "s1:0.7"}).exit_status == 4);
}

TEST_CASE("--expect violated exchanges success and failure, and nothing else") {
  CHECK(simcheck(with(kRace, {"--expect", "violated"})).exit_status == 0);
  CHECK(simcheck(with(kRace, {"--expect", "holds"})).exit_status == 1);
  const ProcessResult none = simcheck({"--depth", "1", "--expect", "violated", "-q"});
  CHECK(none.exit_status == 1);
  CHECK(none.err == "simcheck: note: a violation was expected, and there is none\n");
  CHECK(simcheck({"--depth", "1", "--expect", "holds"}).exit_status == 0);
  CHECK(simcheck({"--max-executions", "5", "--expect", "violated"}).exit_status == 3);
  const Arguments bounded = {"--max-executions", "5", "--expect", "no-violation"};
  const ProcessResult unbroken = simcheck(bounded);
  CHECK(unbroken.exit_status == 0);
  CHECK(unbroken.out.starts_with("holds (bounded"));
  CHECK(simcheck(with(bounded, {"--driver", "buggy", "--depth", "1"})).exit_status == 0);
  CHECK(simcheck({"--driver", "buggy", "--expect", "no-violation"}).exit_status == 1);
  CHECK(simcheck({"--property", "race-free", "--depth", "1", "--expect", "no-violation"})
            .exit_status == 3);  // nothing could have been one
  CHECK(simcheck({"--depth", "0", "--expect", "violated"}).exit_status == 2);
}

TEST_CASE("--expect exercised fails where a property could not have been broken, and names it") {
  const Arguments two = {"--property", "no-overlap", "--property", "crash-parses", "--depth", "1",
                         "--expect",   "exercised",  "-q"};
  const ProcessResult none = simcheck(two);
  CHECK(none.exit_status == 3);
  CHECK(none.out == "holds (complete)\n");
  CHECK(none.err ==
        "simcheck: note: --expect exercised: nothing explored could have broken crash-parses\n");
  CHECK(simcheck({"--depth", "2", "--expect", "exercised"}).exit_status == 0);
  CHECK(simcheck({"--max-executions", "5", "--expect", "exercised"}).exit_status == 3);
  const ProcessResult broken = simcheck({"--driver", "buggy", "--expect", "exercised", "-q"});
  CHECK(broken.exit_status == 1);
  CHECK(broken.err == "");  // what lies behind the violation was not looked at
}

TEST_CASE("the replay line of a counterexample shows the same counterexample") {
  const std::vector<Arguments> checks = {
      kRace,
      {"--driver", "buggy", "--workload", "write -P 0, write", "--detect-zeroes", "unmap"},
      {"--driver", "buggy", "--block-layer", "--log-sector-size", "4k"},
      {"--driver", "buggy", "--property", "contiguous", "--symmetry", "off"},
      {"--driver", "serialized", "--property", "all", "--super-interval", "1", "--depth", "2"},
      {"--workload", "2*flush", "--property", "default", "--property", "super-monotone"},
      {"--block-layer", "--workload", "write fua", "--property", "fua-recorded"},
      {"--driver", "mutex-v2", "--depth", "2", "--log-super-update-interval", "1"}};
  for (const Arguments& check : checks) {
    const std::string report = simcheck(check).out;
    const std::string line = line_with(report, " --replay ");
    CAPTURE(report);
    REQUIRE(line.starts_with("  simcheck "));
    const ProcessResult again =
        shell("\"$simcheck\"" + line.substr(std::string("  simcheck").size()));
    CHECK(again.exit_status == 1);
    CHECK(again.err == "");
    CHECK(counterexample_of(again.out) == counterexample_of(report));
    CHECK(counterexample_of(report) != "");
  }
}

TEST_CASE("--property chooses, in the catalog's order and each once") {
  const auto result = json_of(with(
      kRace, {"--property", "contiguous", "--property", "no-overlap", "--property", "contiguous"}));
  REQUIRE(result["properties"].size() == 2);
  CHECK(result["properties"][0]["name"] == "no-overlap");
  CHECK(result["properties"][1]["name"] == "contiguous");
}

TEST_CASE("the same command line gives the same bytes") {
  for (const Arguments& more : {Arguments{}, Arguments{"--json"}, Arguments{"--verbose"}})
    CHECK(simcheck(with(kRace, more)).out == simcheck(with(kRace, more)).out);
}

TEST_CASE("--quiet gives the verdict alone") {
  CHECK(simcheck({"--depth", "1", "-q"}).out == "holds (complete)\n");
}

TEST_CASE("an option that changes nothing is remarked upon") {
  const Arguments idle = {"--depth", "1", "--detect-zeroes", "on"};
  CHECK(simcheck(idle).err.starts_with("simcheck: note: --detect-zeroes changes nothing"));
  CHECK(simcheck(with(idle, {"--quiet"})).err == "");
  CHECK(simcheck(with(idle, {"--workload", "write -P 0"})).err == "");
}

TEST_CASE("an interrupt ends the search with what was found so far") {
  const ProcessResult result = interrupted_after(1, "--depth 12 --symmetry off --json");
  CHECK(result.exit_status == 3);
  CHECK(result.err == "");
  const auto document = nlohmann::json::parse(result.out);
  CHECK(document["verdict"] == "interrupted");
}

TEST_CASE("a replay shows what it ran, though nothing was broken") {
  const auto result =
      simcheck({"--driver", "buggy", "--workload", "zeroes, write", "--replay", "s1:"});
  CHECK(result.exit_status == 3);
  CHECK(contains(result.out, "\n\nExecution, 2 requests in 12 steps: zeroes 0 4k, write 8k 4k\n"));
  CHECK(contains(result.out, "\n  placed      S  A  a  a  a"));
  CHECK_FALSE(contains(result.out, "See it again with"));
  CHECK(simcheck({"--workload", "flush", "--replay", "s1:", "-q"}).out ==
        "holds (bounded: one schedule)\n");
  CHECK_FALSE(contains(simcheck({"--workload", "flush"}).out, "Execution"));
}

TEST_CASE("--max-time ends the search") {
  const ProcessResult result =
      simcheck({"--depth", "12", "--symmetry", "off", "--max-time", "100ms", "-q"});
  CHECK(result.exit_status == 3);
  CHECK(result.out == "holds (bounded: max-time 0.1 s)\n");
}

TEST_CASE("a bound that ends a run behind its first violation is named") {
  const Arguments arguments = {"--driver",         "buggy", "--depth", "6", "--keep-going",
                               "--max-executions", "200"};
  CHECK(contains(simcheck(arguments).out,
                 "explored   only what these bounds let through: max-executions 200\n"));
  Arguments with_json = arguments;
  with_json.push_back("--json");
  const auto coverage = nlohmann::json::parse(simcheck(with_json).out)["coverage"];
  CHECK(coverage["stopped_at_violation"] == false);
  CHECK(coverage["bounds"] == std::vector<std::string>{"max-executions 200"});
}

TEST_CASE("a reader that has seen enough is no error") {
  // The status is that of the verdict, and nothing else is said.
  CHECK(shell("(\"$simcheck\" --driver buggy --depth 2; echo $? >&2) | true").err == "1\n");
}

TEST_CASE("output that cannot be written is an error") {
  const std::string check = "\"$simcheck\" --workload flush ";
  for (const char* redirection : {">/dev/full", ">&-", ">&- <&- 2>&-"}) {
    CAPTURE(redirection);
    CHECK(shell(check + redirection).exit_status == 2);
  }
  CHECK(shell(check + ">/dev/full").err ==
        "simcheck: cannot write to standard output: No space left on device\n");
  CHECK(shell("\"$simcheck\" --help >/dev/full").exit_status == 2);
  CHECK(shell("\"$simcheck\" list >/dev/full").exit_status == 2);
  CHECK(shell("\"$simcheck\" log verify /dev/null >/dev/full").exit_status == 2);
}

}  // namespace simcheck::test
