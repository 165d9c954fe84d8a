// A check says of what it was asked for what it could not do: nobody is to take that for checked.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "tests/cli/command.hpp"
#include "tests/support/contains.hpp"

namespace simcheck::test {

TEST_CASE("a plan of faults that no execution met is no proof") {
  for (const char* const plan : {"A.99=eio", "Z.1=eio"}) {
    const ProcessResult result = simcheck({"--workload", "write", "--fault-plan", plan});
    CAPTURE(result.err);
    CHECK(contains(result.out, "not exercised (complete)"));
    CHECK(contains(result.err, std::string("--fault-plan: no execution met all of ") + plan));
    CHECK(result.exit_status == 3);
  }
  const ProcessResult met = simcheck({"--workload", "write", "--fault-plan", "A.1=eio"});
  CHECK(met.err.empty());
  CHECK(met.exit_status == 1);
}

TEST_CASE("faults that nothing is there to be hit by are named") {
  const ProcessResult result = simcheck({"--depth", "1", "--faults", "eio.log.read=1"});
  CHECK(contains(result.err, "--faults: eio.log.read=1 hit nothing"));
  CHECK(simcheck({"--depth", "1", "--faults", "eio.data=1"}).err.empty());
  // Where the search ended before, nobody knows.
  const Arguments race = {"--driver", "buggy", "--workload", "write, zeroes", "--faults", "eio=1"};
  CHECK(simcheck(race).err.empty());
  CHECK(simcheck({"--faults", "eio=1", "--max-executions", "1"}).err.empty());
}

TEST_CASE("a property that nothing can break as things are says what it needs") {
  const std::vector<std::pair<const char*, const char*>> needs = {
      {"crash-parses", "--faults cut"},
      {"survives-io-error", "--faults eio=1"},
      {"race-free", "--threads 2"},
  };
  for (const auto& [property, option] : needs) {
    const ProcessResult result = simcheck({"--depth", "1", "--property", property});
    CAPTURE(result.err);
    CHECK(contains(result.err, std::string(property) + " was not exercised"));
    CHECK(contains(result.err, std::string("without ") + option + "\n"));
    CHECK(result.exit_status == 3);
  }
  const ProcessResult both =
      simcheck({"--depth", "1", "--property", "race-free", "--property", "no-overlap"});
  CHECK(contains(both.err, "race-free was not exercised"));
  CHECK(both.exit_status == 0);
}

TEST_CASE("options that change nothing as things are say so") {
  CHECK(contains(simcheck({"--depth", "2", "--in-flight", "2"}).err,
                 "--in-flight changes nothing, since no stage has more than 2 requests"));
  CHECK(simcheck({"--depth", "2", "--in-flight", "1"}).err.empty());
  const ProcessResult replay = simcheck(
      {"--workload", "flush", "--replay", "s1:0*7", "--keep-going", "--max-executions", "9"});
  CHECK(contains(replay.err, "--keep-going changes nothing, since --replay runs one schedule"));
  CHECK(contains(replay.err, "--max-executions changes nothing"));
}

TEST_CASE("options that change what runs are named by every result") {
  const Arguments check = {"--driver",
                           "buggy",
                           "--workload",
                           "write, zeroes",
                           "--in-flight",
                           "1",
                           "--block-layer",
                           "--super-interval",
                           "7"};
  const std::string settings = "--in-flight 1 --block-layer --super-interval 7";
  CHECK(contains(simcheck(check).out, "settings   " + settings + "\n"));
  CHECK(contains(simcheck(with(check, {"--format", "junit"})).out, settings));
  CHECK(nlohmann::json::parse(simcheck(with(check, {"--json"})).out)["settings"] == settings);
  CHECK_FALSE(contains(simcheck({"--depth", "1"}).out, "settings"));
}

TEST_CASE("--in-flight holds for the sets, too") {
  const Arguments check = {"--driver", "buggy", "--depth", "2"};
  CHECK(simcheck(check).exit_status == 1);
  CHECK(simcheck(with(check, {"--in-flight", "1"})).exit_status == 0);
}

}  // namespace simcheck::test
