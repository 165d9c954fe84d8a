// --threads on the command line: what is checked by default, what is said, and what replays.

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/cli/command.hpp"
#include "tests/support/build.hpp"
#include "tests/support/contains.hpp"

namespace simcheck::test {
namespace {

ProcessResult threads(const std::string& driver, const Arguments& more) {
  Arguments arguments = {"--threads", "2", "--driver", driver};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return simcheck(arguments);
}

// The replay line's words behind the command's name.
std::string replay_of(const std::string& out) {
  const std::size_t at = out.find("See it again with\n  ");
  const std::size_t begin = out.find(" --", at);
  return out.substr(begin, out.find('\n', begin) - begin);
}

}  // namespace

TEST_CASE("drivers without a lock race, and the others hold") {
  for (const std::string driver : {"buggy", "fixed"}) {
    const ProcessResult result = threads(driver, {"--workload", "2*write"});
    CHECK(result.exit_status == 1);
    CHECK(result.out.starts_with("violated: race-free\n"));
    CHECK(contains(result.out,
                   "A writes cur_log_sector at step 8, and B reads it in another thread: no lock "
                   "orders the two;\n"
                   "  likewise nr_entries\n"));
  }
  for (const std::string driver : {"mutex-v1", "mutex-v2", "serialized"}) {
    const ProcessResult result = threads(driver, {"--depth", "2"});
    CHECK(result.exit_status == 0);
    CHECK(result.out.starts_with("holds (complete)\n"));
    CHECK(contains(result.out, "\nrace-free       holds\n"));
    CHECK(contains(result.out, "\nthreads    2, request by request in turn\n"));
    CHECK(contains(result.out, "\nstrategy   dpor, with observed equivalence, symmetry\n"));
  }
}

TEST_CASE("without a lock two writes take the same place") {
  const ProcessResult result =
      threads("fixed", {"--workload", "2*write", "--property", "no-overlap", "-q"});
  CHECK(result.out == "violated: no-overlap\n");
}

TEST_CASE("mutex-v2 deadlocks only where two updates meet in one thread") {
  CHECK(threads("mutex-v2", {"--workload", "2*flush", "-q"}).out == "holds (complete)\n");
  const ProcessResult result = threads("mutex-v2", {"--workload", "3*flush"});
  CHECK(result.out.starts_with("violated: deadlock-free\n"));
  CHECK(contains(result.out, "A waits for its thread, which C stopped; B waits for condition"));
  CHECK(threads("serialized", {"--workload", "3*flush", "-q"}).out == "holds (complete)\n");
}

TEST_CASE("the block layer guards what its own requests share") {
  for (const std::string workload : {"2*flush", "write fua, flush", "write 0 100, write 100 100"}) {
    const ProcessResult result =
        threads("serialized", {"--block-layer", "--workload", workload, "-q"});
    CHECK(result.out == "holds (complete)\n");
  }
}

// Two requests conflict in the middle of their sections, by events: that must not hide that the
// event loop could have been taken the other way round.
TEST_CASE("the race of log positions is found behind the block layer, too") {
  const ProcessResult result =
      threads("buggy", {"--block-layer", "--workload", "zeroes, read, write", "-q"});
  CHECK(result.exit_status == 1);
  CHECK(result.out == "violated: no-overlap, contiguous, log-parses, replay-matches\n");
}

TEST_CASE("a replay line repeats the threads") {
  const ProcessResult found = threads("fixed", {"--workload", "2*write"});
  const std::string options = replay_of(found.out);
  CHECK(contains(options, " --threads 2 "));
  const ProcessResult again = shell("\"$simcheck\"" + options);
  CHECK(again.exit_status == 1);
  CHECK(again.out.substr(0, again.out.find("See it")) ==
        found.out.substr(0, found.out.find("See it")));
}

TEST_CASE("lanes name their threads, if there are several") {
  const ProcessResult text = threads("fixed", {"--workload", "2*write"});
  CHECK(contains(text.out, "A (thread 0): write 0 4k"));
  CHECK(contains(text.out, "B (thread 1): write 8k 4k"));
  const auto json =
      nlohmann::json::parse(threads("fixed", {"--workload", "2*write", "--json"}).out);
  CHECK(json["threads"] == 2);
  CHECK(json["counterexamples"][0]["lanes"][0]["thread"] == 0);
  CHECK(json["counterexamples"][0]["lanes"][1]["thread"] == 1);
  CHECK(!contains(simcheck({"--driver", "buggy"}).out, "thread 0"));
}

TEST_CASE("one thread has nothing to race with") {
  CHECK(!contains(simcheck({"--depth", "1"}).out, "race-free"));
  const ProcessResult asked = simcheck({"--depth", "1", "--property", "race-free"});
  CHECK(asked.exit_status == 3);  // what was asked for was not looked at
  CHECK(asked.out.starts_with("not exercised (complete)\n"));
}

TEST_CASE("requests of one thread can be exchanged, and those with a thread of their own") {
  const auto counts = [](const std::string& threads, const std::string& symmetry) {
    const ProcessResult run =
        simcheck({"--driver", "serialized", "--threads", threads, "--workload",
                  by_build("4*zeroes", "3*zeroes"), "--symmetry", symmetry, "--json"});
    return nlohmann::json::parse(run.out).at("executions").get<int>();
  };
  CHECK(counts("2", "on") < counts("2", "off"));
  const std::string each = by_build("4", "3");
  CHECK(by_build(24, 6) * counts(each, "on") == counts(each, "off"));
}

TEST_CASE("there are 1 to 16 threads") {
  for (const std::string number : {"0", "17", "-1", "two"}) {
    const ProcessResult result = simcheck({"--threads=" + number});
    CHECK(result.exit_status == 2);
    CHECK(result.err ==
          "simcheck: --threads: '" + number + "' is not a whole number from 1 to 16\n");
  }
}

}  // namespace simcheck::test
