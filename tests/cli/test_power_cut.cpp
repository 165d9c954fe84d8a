// --faults cut as a user meets it.

#include <doctest/doctest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "tests/cli/command.hpp"
#include "tests/cli/replay_line.hpp"
#include "tests/support/build.hpp"
#include "tests/support/contains.hpp"
#include "tests/support/files.hpp"

namespace simcheck::test {
namespace {

// "violated: ...", up to the replay line.
std::string findings(const std::string& report) {
  const std::size_t at = report.find("\nviolated: ");
  REQUIRE(at != std::string::npos);
  return report.substr(at, report.find("See it again") - at);
}

}  // namespace

TEST_CASE("a cut breaks the merged driver with one flush, and the replay line shows it again") {
  for (const std::string durability : {"sector-subset", "whole-requests"}) {
    const ProcessResult found = simcheck(
        {"--driver", "serialized", "--faults", "cut", "--depth", "2", "--durability", durability});
    CAPTURE(found.out);
    CHECK(found.exit_status == 1);
    CHECK(found.out.starts_with("violated: crash-parses\n"));
    CHECK(contains(found.out, "power cut  at any step, " + durability + ": "));
    CHECK(contains(found.out, "x the power is cut"));
    const ProcessResult again = shell("\"$simcheck\" " + replay_line(found.out));
    CHECK(again.exit_status == 1);
    CHECK(findings(again.out) == findings(found.out));
  }
}

TEST_CASE("a deadlock that lasts until the power is cut says who waits for what") {
  const ProcessResult found =
      simcheck({"--driver", "mutex-v2", "--threads", "2", "--workload", "3*flush", "--faults",
                "cut", "--property", "deadlock-free", "--property", "crash-parses", "--replay",
                "s1:0*20.1*16.2*16.3"});
  CHECK(found.exit_status == 1);
  CHECK(contains(found.out, "end    A     x waits for its thread, which C stopped\n"));
  CHECK(contains(found.out, "end    B     x waits for condition variable super_updated\n"));
  CHECK(contains(found.out, "violated: deadlock-free, in the end\n"));
}

TEST_CASE("a disk that keeps its writes in order, or loses nothing, spares one flush") {
  for (const std::string durability : {"prefix", "cache-off"}) {
    const ProcessResult result = simcheck({"--driver", "serialized", "--faults", "cut",
                                           "--workload", "flush", "--durability", durability});
    CAPTURE(result.out);
    CHECK(result.exit_status == 0);
    CHECK(contains(result.out, "\ncrash-parses    holds\n"));
  }
}

TEST_CASE("what cannot be asked costs one line that says what can") {
  const std::vector<std::pair<Arguments, std::string>> cases = {
      {{"--faults", "cut", "--property", "no-overlap"}, "add --property crash-parses"},
      {{"--durability", "prefix"}, "add --faults cut"},
      {{"--disk-sector", "4096"}, "add --faults cut"},
      {{"--faults", "cut", "--disk-sector", "1024"}, "'1024' is not one of 512, 4096"},
      {{"--faults", "cut", "--durability", "prefx"}, "did you mean 'prefix'?"},
      {{"--faults", "cut", "--strategy", "stateful"}, "use dpor"},
      {{"--faults", "cut=2"}, "the power is cut once"},
      {{"--faults", "cut.log"}, "the power is cut once"},
      {{"--faults", "cut,cut"}, "the power is cut once"},
      {{"--cuts", "2"}, "add --faults cut"},
      {{"--recovery", "truncate"}, "add --faults cut"},
      {{"--faults", "cut", "--cuts", "2"}, "add --recovery truncate"},
      {{"--faults", "cut", "--recovery", "trunkate"}, "did you mean 'truncate'?"},
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

TEST_CASE("the JSON result tells what was cut") {
  const Arguments arguments = {"--driver",   "serialized", "--faults", "cut",
                               "--workload", "flush",      "--json"};
  const auto document = nlohmann::json::parse(simcheck(arguments).out);
  CHECK(document["power_cut"]["durability"] == "sector-subset");
  CHECK(document["power_cut"]["states"] > 0);
  CHECK(document["power_cut"]["images"] >= document["power_cut"]["recoveries"]);
  CHECK(document["counterexamples"][0]["steps"].back()["kind"] == "cut");
}

TEST_CASE("a recovery runs after the cut, and may be cut again") {
  const Arguments arguments = {"--driver", "serialized", "--faults", "cut",        "--workload",
                               "flush",    "--cuts",     "2",        "--recovery", "truncate"};
  const ProcessResult holds = simcheck(arguments);
  CAPTURE(holds.out);
  CHECK(holds.exit_status == 0);
  CHECK(contains(holds.out, "; recovery: truncate"));
  CHECK(contains(holds.out, "(at most 2 cuts)"));
  Arguments json = arguments;
  json.emplace_back("--json");
  const auto document = nlohmann::json::parse(simcheck(json).out);
  CHECK(document["power_cut"]["recovery"] == "truncate");
  CHECK(document["power_cut"]["cuts"] == 2);
  CHECK(document["power_cut"]["recoveries_cut"] > 0);
  Arguments torn = arguments;
  torn[5] = "write, flush";
  const ProcessResult found = simcheck(torn);
  CHECK(found.exit_status == 1);
  const ProcessResult again = shell("\"$simcheck\" " + replay_line(found.out));
  CHECK(findings(again.out) == findings(found.out));
}

TEST_CASE("workers, and a run that is gone on with, change nothing") {
  const Arguments arguments = {"--driver", "crash-safe",       "--faults", "cut",
                               "--depth",  by_build("2", "1"), "--json"};
  const auto with = [&](const Arguments& more) {
    Arguments all = arguments;
    all.insert(all.end(), more.begin(), more.end());
    return simcheck(all);
  };
  const std::string whole = with({"--workers", "1"}).out;
  CHECK(contains(whole, "\"complete\": true"));
  CHECK(with({"--workers", "2"}).out == whole);
  const TempDir directory;
  const std::string file = directory / "run";
  const ProcessResult part = with({"--max-time", "1ms", "--checkpoint", file});
  CHECK(part.exit_status == 3);
  CHECK(with({"--resume", file}).out == whole);
}

TEST_CASE("a cut beside other faults") {
  const ProcessResult result =
      simcheck({"--driver", "crash-safe", "--faults", "cut,eio=1", "--workload", "write ; flush"});
  CAPTURE(result.out);
  CHECK(result.exit_status == 0);
  CHECK(contains(result.out, "\ncrash-parses       holds\n"));
}

}  // namespace simcheck::test
