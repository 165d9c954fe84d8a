// Bounds on the schedule on the command line: verdicts, and options that make no sense together.

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/cli/command.hpp"
#include "tests/support/contains.hpp"

namespace simcheck::test {
TEST_CASE("the verdict and the JSON name the bound that cut") {
  const std::vector<std::string> command{"--workload", "2*zeroes", "--strategy",
                                         "dfs",        "--delays", "1"};
  const ProcessResult text = simcheck(command);
  CHECK(text.exit_status == 3);
  CHECK(text.out.starts_with("holds (bounded: delays 1)\n"));

  auto with_json = command;
  with_json.emplace_back("--json");
  const auto json = nlohmann::json::parse(simcheck(with_json).out);
  CHECK(json["coverage"]["bounds"] == std::vector<std::string>{"delays 1"});
  CHECK(json["coverage"]["complete"] == false);
}

TEST_CASE("a bound that cuts nothing leaves a complete run") {
  const ProcessResult result =
      simcheck({"--workload", "2*zeroes", "--strategy", "dfs", "--delays", "1000"});
  CHECK(result.exit_status == 0);
  CHECK(contains(result.out, "3,432 executions"));
}

TEST_CASE("a violation that needs few delays is found with few") {
  const ProcessResult none =
      simcheck({"--driver", "buggy", "--depth", "2", "--strategy", "dfs", "--delays", "0"});
  const ProcessResult one =
      simcheck({"--driver", "buggy", "--depth", "2", "--strategy", "dfs", "--delays", "1"});
  CHECK(none.exit_status == 3);
  CHECK(one.exit_status == 1);
}

TEST_CASE("with one thread a bound on preemptions cuts nothing, and the user is told") {
  for (const char* strategy : {"dpor", "dfs"}) {
    const ProcessResult result =
        simcheck({"--workload", "2*zeroes", "--strategy", strategy, "--preemptions", "0"});
    CHECK(result.exit_status == 0);
    CHECK(contains(result.err, "--preemptions changes nothing"));
  }
}

TEST_CASE("bounds that would lose executions are refused, with what to do") {
  struct Case {
    std::vector<std::string> arguments;
    const char* complaint;
  };
  for (const Case& bad :
       {Case{{"--delays", "1"}, "add --strategy dfs, or use --preemptions"},
        Case{{"--delays", "1", "--strategy", "pct"}, "--delays is for dfs"},
        Case{{"--preemptions", "1", "--strategy", "surw"}, "use --strategy dpor or dfs"},
        Case{{"--preemptions", "1", "--delays", "1", "--strategy", "dfs"}, "leave out one"},
        Case{{"--delays", "1", "--strategy", "dfs", "--symmetry", "on"}, "leave out --symmetry on"},
        Case{{"--preemptions", "1", "--workload", "2*write", "--replay", "s1:0"},
             "the strategy is replay"},
        Case{{"--delays", "few", "--strategy", "dfs"}, "not a whole number"}}) {
    const ProcessResult result = simcheck(bad.arguments);
    CAPTURE(bad.complaint);
    CHECK(result.exit_status == 2);
    CHECK(contains(result.err, bad.complaint));
  }
}

}  // namespace simcheck::test
