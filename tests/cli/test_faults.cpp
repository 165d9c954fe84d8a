// --faults, --fault-plan and --initial-log as a user meets them.

#include <doctest/doctest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/cli/command.hpp"
#include "tests/cli/replay_line.hpp"
#include "tests/support/contains.hpp"
#include "tests/support/files.hpp"

namespace simcheck::test {
namespace {}  // namespace

TEST_CASE("bad faults cost one line that says what is allowed") {
  const std::vector<std::pair<std::vector<std::string>, std::string>> cases = {
      {{"--faults", "eio=9"}, "--faults: eio: '9' is not a whole number from 1 to 4\n"},
      {{"--faults", "eio=0"}, "from 1 to 4"},
      {{"--faults", "eoi=1"}, "unknown fault 'eoi'; did you mean 'eio'?"},
      {{"--faults", "x"}, "there are eio, torn, misdirected, latent, lost-flush, cut, enospc"},
      {{"--faults", ""}, "unknown fault ''"},
      {{"--faults", "eio=1,eio.log=1"}, "eio is given twice"},
      {{"--faults", "eio=3,torn=2"}, "add up to 5 faults; at most 4 are allowed"},
      {{"--faults", "eio.disk"}, "'disk' is no place of a fault"},
      {{"--faults", "eio.log.wirte"}, "did you mean 'write'?"},
      {{"--faults", "eio.write.log"}, "'log' is no place of a fault"},
      {{"--faults", "torn.flush"}, "torn cannot hit a flush"},
      {{"--faults", "enospc"}, "enospc is given once, with the sectors that the log has"},
      {{"--faults", "eio=1,enospc=0"},
       "--faults: enospc: '0' is not a whole number from 1 to 2147483648"},
      {{"--fault-plan", "A.2=eio"}, "--fault-plan needs the workload"},
      {{"--fault-plan", "A.2=oops", "--workload", "write"}, "kind is one of eio, torn-early"},
      {{"--fault-plan", "", "--workload", "write"}, "is empty; try A.2=eio"},
      {{"--fault-plan", "A.2=eio", "--faults", "eio", "--workload", "write"}, "leave out one"},
      {{"--replay", "s1:", "--faults", "eio", "--workload", "write"}, "leave out the budgets"},
      {{"--initial-log", "old"}, "'old' is not one of empty, zeroed, older, append"},
      {{"--initial-log", "older", "--faults", "enospc=9"}, "takes 10 sectors"},
  };
  for (const auto& [arguments, error] : cases) {
    const ProcessResult result = simcheck(arguments);
    CAPTURE(result.err);
    CHECK(result.exit_status == 2);
    CHECK(result.out.empty());
    CHECK(std::ranges::count(result.err, '\n') == 1);
    CHECK(contains(result.err, error));
  }
}

TEST_CASE("the replay line shows the same fault in the same execution") {
  const std::vector<std::vector<std::string>> cases = {
      {"--faults", "eio.log.write=1", "--workload", "zeroes, flush"},
      {"--faults", "torn=1", "--depth", "2", "--property", "failed-not-logged"},
      {"--faults", "eio=1", "--driver", "serialized", "--initial-log", "append", "--depth", "2"},
      {"--faults", "misdirected=1,enospc=40", "--depth", "1"},
  };
  for (const auto& arguments : cases) {
    const ProcessResult found = simcheck(arguments);
    CAPTURE(found.out);
    CHECK(found.exit_status == 1);
    CHECK(contains(found.out, "--fault-plan "));
    CHECK(contains(found.out, "(fault: "));
    const ProcessResult again = shell("\"$simcheck\" " + replay_line(found.out));
    CHECK(again.exit_status == 1);
    const std::string verdict = found.out.substr(0, found.out.find("\ndriver "));
    CHECK(again.out.substr(0, again.out.find("\ndriver ")) == verdict);
  }
}

TEST_CASE("without faults, and without those that happen, nothing is different") {
  const std::string plain = simcheck({"--depth", "3"}).out;
  CHECK(!contains(plain, "faults"));
  CHECK(!contains(plain, "survives-io-error"));
  const std::string asked = simcheck({"--depth", "2", "--faults", "enospc=2000"}).out;
  CHECK(contains(asked, "holds (complete)"));
  CHECK(contains(asked, "faults     enospc=2000\n"));
  CHECK(contains(asked, "survives-io-error  not exercised"));
}

TEST_CASE("one plan may be explored alone; one that nothing leads to is named") {
  const std::string one = simcheck({"--workload", "write, flush", "--fault-plan", "A.2=eio"}).out;
  CHECK(contains(one, "faults     A.2=eio, as given\n"));
  CHECK(contains(one, "violated: survives-io-error"));
  const std::string none = simcheck({"--workload", "write", "--fault-plan", "A.9=eio"}).out;
  CHECK(contains(none, "A.9=eio, as given: no execution explored met all of it"));
  const ProcessResult replay =
      simcheck({"--workload", "write", "--fault-plan", "A.9=eio", "--replay", "s1:"});
  CHECK(replay.exit_status == 4);
  CHECK(contains(replay.err, "does not lead to all faults of A.9=eio"));
}

TEST_CASE("the JSON result tells plans and faults") {
  const auto document = nlohmann::json::parse(
      simcheck({"--faults", "eio=1", "--workload", "write", "--keep-going", "--json"}).out);
  CHECK(document["faults"]["asked"] == "eio=1");
  CHECK(document["faults"]["plans"] == std::vector<int>{1, 2});
  CHECK(document["workloads"][0]["plans"] == std::vector<int>{1, 2});
  CHECK(document["counterexamples"][0]["fault_plan"] == "A.1=eio");
  CHECK(document["counterexamples"][0]["steps"][1]["ios"][0]["fault"] == "eio");
}

TEST_CASE("what is saved is the log that the faults left") {
  const TempDir directory;
  const std::string image = directory / "log.img";
  CHECK(
      simcheck({"--faults", "eio.log.write=1", "--workload", "write ; write", "--save-log", image})
          .exit_status == 1);
  CHECK(simcheck({"log", "verify", image}).exit_status == 1);
  CHECK(simcheck({"--initial-log", "append", "--workload", "write", "--save-log", image})
            .exit_status == 0);
  const std::string dump = simcheck({"log", "dump", image}).out;
  CAPTURE(dump);
  CHECK(simcheck({"log", "verify", image}).exit_status == 0);
}

}  // namespace simcheck::test
