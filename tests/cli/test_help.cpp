// Help, version and lists: what they show, and that they fit a terminal.

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "cli/version.hpp"
#include "tests/cli/command.hpp"
#include "tests/support/contains.hpp"
#include "tests/support/files.hpp"

namespace simcheck::test {
namespace {

constexpr std::size_t kColumnsMax = 80;

std::vector<std::string> wide_lines(const std::string& text) {
  std::vector<std::string> wide;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);)
    if (line.size() > kColumnsMax) wide.push_back(line);
  return wide;
}

}  // namespace

TEST_CASE("help fits 80 columns and goes to standard output") {
  for (const std::vector<std::string>& arguments : {std::vector<std::string>{"--help"},
                                                    {"list", "--help"},
                                                    {"compare", "--help"},
                                                    {"simulate", "--help"},
                                                    {"log", "--help"},
                                                    {"log", "verify", "--help"},
                                                    {"log", "stats", "--help"},
                                                    {"log", "find", "--help"},
                                                    {"log", "salvage", "--help"},
                                                    {"log", "create", "--help"},
                                                    {"log", "dump", "-h"},
                                                    {"log", "replay", "--help"},
                                                    {"log", "crash", "--help"}}) {
    const ProcessResult result = simcheck(arguments);
    CAPTURE(arguments.front());
    CHECK(result.exit_status == 0);
    CHECK(result.err.empty());
    CHECK(wide_lines(result.out) == std::vector<std::string>{});
    CHECK(contains(result.out, "Usage: simcheck"));
  }
}

TEST_CASE("help has groups, exit statuses and examples, the last at its end") {
  const std::string help = simcheck({"--help"}).out;
  std::size_t at = 0;
  for (const char* heading :
       {"What is checked:", "What goes wrong:", "What must hold:", "How it is searched:",
        "How far it is searched", "What comes out:", "Subcommands:", "Exit status:", "Examples:"}) {
    CAPTURE(heading);
    const std::size_t found = help.find(heading);
    REQUIRE(found != std::string::npos);
    CHECK(found > at);
    at = found;
  }
  CHECK(!contains(help, "\n\n\n"));
}

TEST_CASE("the examples of the help run") {
  std::istringstream lines(simcheck({"--help"}).out);
  int examples = 0;
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with("  simcheck ") || contains(line, "log.img")) continue;
    CAPTURE(line);
    const ProcessResult result =
        shell("\"$simcheck\"" + line.substr(std::string("  simcheck").size()));
    CHECK(result.exit_status <= 1);
    CHECK(result.err == "");
    ++examples;
  }
  CHECK(examples >= 2);
}

TEST_CASE("the version is that of the build file") {
  CHECK(simcheck({"--version"}).out == std::string("simcheck ") + cli::kVersion + "\n");
  const std::string build_file = read_file(source_dir() / "CMakeLists.txt");
  CHECK(contains(build_file, std::string("project(simcheck VERSION ") + cli::kVersion + " "));
}

TEST_CASE("list names everything with one line each") {
  const ProcessResult result = simcheck({"list"});
  CHECK(result.exit_status == 0);
  CHECK(wide_lines(result.out) == std::vector<std::string>{});
  for (const char* name :
       {"buggy", "fixed", "mutex-v1", "mutex-v2", "serialized", "no-overlap", "contiguous",
        "log-parses", "replay-matches", "acked-order", "deadlock-free", "terminates",
        "no-exception", "dpor", "dfs", "stateful", "replay", "default"}) {
    CAPTURE(name);
    CHECK(contains(result.out, std::string("\n  ") + name + " "));
  }
}

TEST_CASE("list tells which properties are checked by default") {
  const std::string text = simcheck({"list", "properties"}).out;
  const std::size_t on_request = text.find("\nProperties on request");
  REQUIRE(on_request != std::string::npos);
  CHECK(text.find("no-overlap") < on_request);
  CHECK(text.find("race-free") < on_request);
  CHECK(contains(text,
                 "\nProperties (--property), checked by default with --threads 2:\n  race-free "));
  CHECK(text.find("super-monotone") > on_request);
  CHECK(!contains(text, "Drivers"));
  const auto document = nlohmann::json::parse(simcheck({"list", "properties", "--json"}).out);
  CHECK(document["properties"].front()["default"] == true);
  CHECK(document["properties"].back()["default"] == false);
  for (const auto& property : document["properties"])
    CHECK(property.contains("with") ==
          (property["name"] == "race-free" || property["name"] == "survives-io-error" ||
           property["name"] == "failed-not-logged" || property["name"] == "crash-parses"));
  CHECK(!document.contains("drivers"));
}

TEST_CASE("list names one kind of thing alone") {
  const std::string faults = simcheck({"list", "faults"}).out;
  for (const char* name : {"eio", "torn", "misdirected", "latent", "lost-flush", "enospc"}) {
    CAPTURE(name);
    CHECK(contains(faults, std::string("\n  ") + name + " "));
  }
  CHECK(!contains(faults, "buggy"));
  const ProcessResult wrong = simcheck({"list", "fualts"});
  CHECK(wrong.exit_status == 2);
  CHECK(contains(wrong.err, "did you mean 'faults'?"));
}

TEST_CASE("list --json has the same names") {
  const auto document = nlohmann::json::parse(simcheck({"list", "--json"}).out);
  CHECK(document["format"] == "simcheck-list");
  CHECK(document["version"] == 1);
  const std::string text = simcheck({"list"}).out;
  for (const char* section : {"drivers", "properties", "strategies", "faults", "workloads"}) {
    REQUIRE(!document[section].empty());
    for (const auto& entry : document[section]) {
      CHECK(contains(text, "  " + entry["name"].get<std::string>() + " "));
      CHECK(contains(text, entry["summary"].get<std::string>() + "\n"));
    }
  }
}

TEST_CASE("help as a word is as good as the option") {
  CHECK(simcheck({"help"}).out == simcheck({"--help"}).out);
  CHECK(simcheck({"help", "log", "verify"}).out == simcheck({"log", "verify", "--help"}).out);
}

}  // namespace simcheck::test
