// --events on the command line: the order of lines, what workers, kills and full disks change, and
// what is refused.

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "tests/cli/command.hpp"
#include "tests/support/files.hpp"
#include "tests/support/json_schema.hpp"

namespace simcheck::test {
namespace {

using nlohmann::json;

// Some seconds of work in one workload.
const std::string kManyEvents = "--symmetry off --workload '6*zeroes' -q ";

// Every line parses and keeps to the schema.
std::vector<json> events_in(const std::string& text) {
  const json schema = json::parse(read_page("events.schema.json"));
  CHECK(text.ends_with("\n"));
  std::vector<json> events;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    events.push_back(json::parse(line));
    CHECK(schema_errors(schema, events.back()) == std::vector<std::string>{});
  }
  return events;
}

std::string untimed(const std::string& text) {
  std::string rest;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);)
    if (line.find("\"timed\":true") == std::string::npos) rest += line + "\n";
  return rest;
}

}  // namespace

TEST_CASE("events tell start, workloads in order, violations and the end") {
  const TempDir directory;
  const ProcessResult result = in(directory, "$simcheck --driver buggy --depth 2 --events e -q");
  CHECK(result.exit_status == 1);
  CHECK(result.out == "violated: no-overlap, contiguous, log-parses, replay-matches\n");
  const std::vector<json> events = events_in(read_file(directory / "e"));
  CHECK(events.front()["event"] == "start");
  CHECK(events.front()["settings"]["--driver"] == "buggy");
  std::uint64_t number = 0;
  for (const json& event : events)
    if (event["event"] == "workload") CHECK(event["number"] == ++number);
  REQUIRE(number == 6);
  CHECK(events[number]["event"] == "violation");  // just before its workload
  CHECK(events[number]["number"] == number);
  CHECK(events[number + 1]["violated"] == true);
  CHECK(events.back()["event"] == "end");
  CHECK(events.back()["exit_status"] == 1);
  CHECK(events.back()["properties"]["deadlock-free"] == "holds");
  CHECK(events.back()["claims"]["deadlock-free"] == "no violation so far");
  CHECK(events.back()["coverage"]["stopped_at_violation"] == true);
  const std::string replay = events[number]["replay"];
  CHECK(shell("\"$simcheck\"" + replay.substr(8) + " -q").exit_status == 1);
}

TEST_CASE("what has no times is the same with any number of workers") {
  const TempDir directory;
  const std::string command = "$simcheck --driver buggy --depth 3 --keep-going -q ";
  in(directory, command + "--workers 1 --events one");
  in(directory, command + "--workers 5 --events five");
  const std::string one = untimed(read_file(directory / "one"));
  CHECK(one == untimed(read_file(directory / "five")));
  CHECK(one.size() > 10'000);
}

TEST_CASE("a run that goes on tells what an uninterrupted one does") {
  const TempDir directory;
  in(directory, "$simcheck --depth 3 -q --events whole");
  in(directory, "$simcheck --depth 3 -q --max-time 1ms --checkpoint run");
  in(directory, "$simcheck --depth 3 -q --resume run --events rest");
  CHECK(untimed(read_file(directory / "rest")) == untimed(read_file(directory / "whole")));
}

TEST_CASE("progress is told where there is no terminal, and a kill keeps whole lines") {
  const TempDir directory;
  const ProcessResult result =
      in(directory, "$simcheck " + kManyEvents +
                        "--events e & while ! grep -q progress e; do sleep 0.01; done; kill -KILL "
                        "$!; wait $!");
  CHECK(result.exit_status == 128 + 9);
  const std::vector<json> events = events_in(read_file(directory / "e"));
  REQUIRE(events.size() >= 2);
  CHECK(events[1]["event"] == "progress");
  CHECK(events[1]["executions"] > 0);
  CHECK(events[1]["seconds"] > 0);
}

TEST_CASE("Ctrl-C ends the events, too") {
  const TempDir directory;
  in(directory, "$simcheck " + kManyEvents +
                    "--events e & while ! grep -q progress e; do sleep 0.01; done; kill -TERM $!; "
                    "wait $!");
  const std::vector<json> events = events_in(read_file(directory / "e"));
  CHECK(events.back()["verdict"] == "interrupted");
  CHECK(events.back()["exit_status"] == 3);
}

TEST_CASE("a soak tells a violation once, however many rounds find it") {
  const TempDir directory;
  in(directory,
     "$simcheck --driver buggy --depth 2 --strategy random --samples 20 --time 300ms --keep-going "
     "-q --events e");
  std::set<std::pair<std::uint64_t, std::string>> told;
  bool is_news = true;
  for (const json& event : events_in(read_file(directory / "e"))) {
    CHECK(event["event"] != "workload");
    if (event["event"] != "violation") continue;
    bool tells_more = false;
    for (const std::string property : event["properties"])
      tells_more |= told.emplace(event["number"], property).second;
    is_news &= tells_more;
  }
  CHECK(is_news);
  CHECK(!told.empty());
}

TEST_CASE("a dash is standard output, for the events alone") {
  const TempDir directory;
  const ProcessResult result = in(directory, "$simcheck --depth 2 --events - --output r.txt");
  CHECK(result.exit_status == 0);
  CHECK(result.err == "");
  CHECK(events_in(result.out).back()["verdict"] == "holds");
  CHECK(read_file(directory / "r.txt").starts_with("holds (complete)"));
  CHECK(in(directory, "$simcheck --depth 3 --events - | head -n 1").err == "");
}

TEST_CASE("a disk that is full ends the events, not the check") {
  const TempDir directory;
  const ProcessResult result = in(directory, "ulimit -f 8; $simcheck --depth 3 -q --events e");
  CHECK(result.exit_status == 2);
  CHECK(result.out == "holds (complete)\n");
  CHECK(result.err == "simcheck: --events: 'e': cannot be written: File too large\n");
  CHECK(events_in(read_file(directory / "e")).size() > 2);
}

TEST_CASE("what cannot be written, or would be mixed up, is refused before the search") {
  const TempDir directory;
  struct Case {
    const char* arguments;
    const char* complaint;
  };
  for (const Case& bad :
       {Case{"--events /nowhere/e", "'/nowhere/e': cannot be written: No such file"},
        Case{"--events /dev/full", "'/dev/full': cannot be written: No space left"},
        Case{"--events .", "'.': cannot be written: Is a directory"},
        Case{"--events ''", "is empty"},
        Case{"--events - --json", "--events - takes standard output"},
        Case{"--events - --format dot", "--events - takes standard output"},
        Case{"--events e --trace ./e", "--events and --trace write to one file"},
        Case{"--output a.json --stats a.json", "--stats and --output write to one file"},
        Case{"--output a.json --output ./a.json", "--output and --output write to one file"},
        Case{"--output a.txt --write-baseline a.txt", "write to one file"},
        Case{"--output a.txt --checkpoint a.txt", "write to one file"}}) {
    CAPTURE(std::string(bad.arguments));
    const ProcessResult result =
        in(directory, "$simcheck --depth 12 " + std::string(bad.arguments));
    CHECK(result.exit_status == 2);
    CHECK(result.out == "");
    CHECK(result.err.find(bad.complaint) != std::string::npos);
  }
  CHECK(in(directory, "ls").out == "");
}

}  // namespace simcheck::test
