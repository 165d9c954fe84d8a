// Sampling on the command line: verdicts, bytes, replays, and options that make no sense together.

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/cli/command.hpp"
#include "tests/support/build.hpp"
#include "tests/support/contains.hpp"

namespace simcheck::test {
namespace {

const Arguments kStrategies = {"random", "pct", "pos", "surw"};

Arguments sampling(const std::string& strategy, const Arguments& more) {
  Arguments arguments = {"--strategy", strategy};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

}  // namespace

TEST_CASE("samples that find nothing hold, bounded, with status 3") {
  for (const std::string& strategy : kStrategies) {
    const ProcessResult result =
        simcheck(sampling(strategy, {"--workload", "2*write", "--samples", "20", "--seed", "7"}));
    CHECK(result.exit_status == 3);
    CHECK(result.out.starts_with("holds (bounded: 20 samples of " + strategy + ", seed 7)\n"));
    CHECK(contains(result.out, "no reductions"));
    CHECK(contains(result.out, "distinct traces, seed 7\n"));
    CHECK(contains(result.out, "\nodds ") == (strategy == "pct"));
  }
}

TEST_CASE("one sample is no samples") {
  CHECK(simcheck(sampling("pct", {"--workload", "write", "--samples", "1", "-q"})).out ==
        "holds (bounded: 1 sample of pct, seed 1)\n");
}

TEST_CASE("the race is found, and its replay line shows it again") {
  for (const std::string& strategy : kStrategies) {
    const ProcessResult found = simcheck(sampling(strategy, {"--driver", "buggy", "--depth", "2"}));
    CHECK(found.exit_status == 1);
    const std::size_t replay = found.out.find("  simcheck --driver buggy");
    REQUIRE(replay != std::string::npos);
    const std::string line =
        found.out.substr(replay + 10, found.out.find('\n', replay) - replay - 10);
    const ProcessResult again = shell("\"$simcheck\"" + line);
    CHECK(again.exit_status == 1);
    CHECK(contains(again.out, line));
  }
}

TEST_CASE("the same command gives the same bytes with any number of workers") {
  for (const std::string& strategy : kStrategies) {
    const auto bytes = [&](const std::string& workers) {
      return simcheck(sampling(strategy, {"--depth", by_build("3", "2"), "--samples",
                                          by_build("20", "5"), "--verbose", "--workers", workers}))
          .out;
    };
    CHECK(bytes("1") == bytes("1"));
    CHECK(bytes("1") == bytes("3"));
  }
}

TEST_CASE("symmetry is off unless it is asked for") {
  const Arguments some = {"--workload", "3*write", "--samples", "500"};
  Arguments with_symmetry = some;
  with_symmetry.insert(with_symmetry.end(), {"--symmetry", "on"});
  CHECK(contains(simcheck(sampling("random", some)).out, "36 distinct traces"));
  const std::string out = simcheck(sampling("random", with_symmetry)).out;
  CHECK(contains(out, "random, with symmetry"));
  CHECK(contains(out, "6 distinct traces"));
}

TEST_CASE("--pct-depth decides what is promised") {
  const auto odds = [](const char* depth) {
    const ProcessResult result =
        simcheck(sampling("pct", {"--workload", "2*write", "--pct-depth", depth, "--json"}));
    return nlohmann::json::parse(result.out)["sampling"]["odds"];
  };
  CHECK(odds("1")["one_in"] == 2);
  CHECK(odds("2")["one_in"] == 24);
  CHECK(odds("3")["one_in"] == 288);
  CHECK(odds("16")["one_in"] == 30'814'043'149'172'736);
  CHECK(odds("2")["runs"] == 999);
}

TEST_CASE("--time goes round until it is over") {
  const ProcessResult result = simcheck(
      sampling("pos", {"--workload", "write", "--samples", "1", "--time", "300ms", "--json"}));
  CHECK(result.exit_status == 3);
  const auto document = nlohmann::json::parse(result.out);
  CHECK(document["coverage"]["bounds"] == nlohmann::json({"pos for 0.3 s, seed 1"}));
  CHECK(document["sampling"]["rounds"] > 1);
  CHECK(document["executions"] == document["sampling"]["rounds"]);
}

TEST_CASE("options that make no sense together are refused in one line") {
  struct Case {
    Arguments arguments;
    std::string error;
  };
  for (const Case& bad : {
           Case{{"--seed", "3"},
                "--seed is for sampling, and the strategy is dpor; add --strategy"},
           {{"--samples", "3", "--strategy", "dfs"}, "--samples is for sampling, and the strategy"},
           {{"--seed", "3", "--workload", "flush", "--replay", "s1:0"}, "the strategy is replay"},
           {{"--time", "3s"}, "--time is for sampling, and the strategy is dpor; --max-time ends"},
           {{"--pct-depth", "3"}, "--pct-depth is for pct, and the strategy is dpor"},
           {sampling("pos", {"--pct-depth", "3"}), "--pct-depth is for pct"},
           {sampling("pos", {"--time", "3s", "--max-time", "4s"}), "--time and --max-time both"},
           {sampling("pos", {"--time", "3s", "--max-executions", "4"}), "--max-executions both"},
           {sampling("pct", {"--pct-depth", "0"}), "from 1 to 16"},
           {sampling("random", {"--samples", "0"}), "of at least 1"},
           {sampling("random", {"--seed", "-1"}), "'-1' is not a whole number of at least 0"},
           {sampling("random", {"--time", "0s"}), "--time: '0s' is not a duration"},
           {sampling("randm", {}), "did you mean 'random'?"},
       }) {
    const ProcessResult result = simcheck(bad.arguments);
    CAPTURE(result.err);
    CHECK(result.exit_status == 2);
    CHECK(result.out == "");
    CHECK(contains(result.err, bad.error));
    CHECK(result.err.find('\n') == result.err.size() - 1);
  }
}

}  // namespace simcheck::test
