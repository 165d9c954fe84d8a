// --format and --output: which format is chosen, and that files appear whole or not at all.

#include <doctest/doctest.h>

#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/cli/command.hpp"
#include "tests/cli/race.hpp"
#include "tests/support/contains.hpp"
#include "tests/support/files.hpp"

namespace simcheck::test {
namespace {

namespace fs = std::filesystem;
const std::map<std::string, std::string> kFirstBytes = {
    {"text", "violated: "},
    {"json", "{\n  \"format\": \"simcheck-result\""},
    {"junit", "<?xml "},
    {"sarif", "{\n  \"$schema\": \"https://json.schemastore.org/sar"},
    {"github", "::error file=drivers/"},
    {"chrome", "{\n \"traceEvents\": ["},
    {"dot", "digraph "}};

}  // namespace

TEST_CASE("--format chooses what standard output holds") {
  for (const auto& entry : kFirstBytes) {
    const auto& format = entry.first;
    CAPTURE(format);
    const ProcessResult result = simcheck(race_with({"--format", format}));
    CHECK(result.exit_status == 1);
    CHECK(result.out.starts_with(entry.second));
    CHECK(result.err == "");
  }
  CHECK(simcheck(race_with({"--json"})).out == simcheck(race_with({"--format", "json"})).out);
}

TEST_CASE("a replay that breaks nothing is shown step by step in every form that has steps") {
  const auto shown = [](const std::string& format) {
    return simcheck({"--workload", "zeroes, write", "--replay", "s1:0*3.1*2", "--format", format})
        .out;
  };
  const auto json = nlohmann::json::parse(shown("json"));
  CHECK(json["execution"]["steps"].size() == 12);
  CHECK(json["execution"]["findings"].empty());
  CHECK(json["execution"]["found_in"] == json["execution"]["workload"]);
  CHECK(json["counterexamples"].empty());
  CHECK(contains(shown("dot"), "digraph execution_1 {"));
  CHECK(nlohmann::json::parse(shown("chrome"))["traceEvents"].size() > 12);
}

TEST_CASE("--output writes the same bytes as --format, its ending chooses") {
  const TempDir temp;
  const std::map<std::string, std::string> files = {
      {"a.json", "json"},        {"b.xml", "junit"},         {"c.sarif", "sarif"},
      {"d.sarif.json", "sarif"}, {"e.trace.json", "chrome"}, {"f.dot", "dot"},
      {"g.gv", "dot"},           {"h.txt", "text"}};
  Arguments arguments = race_with({"--quiet"});
  for (const auto& [file, format] : files) {
    arguments.push_back("--output");
    arguments.push_back(temp / file);
  }
  const ProcessResult result = simcheck(arguments);
  CHECK(result.exit_status == 1);
  CHECK(result.out == "violated: no-overlap, contiguous, log-parses, replay-matches\n");
  for (const auto& entry : files) {
    const auto& file = entry.first;
    CAPTURE(file);
    CHECK(read_file(temp / file) == simcheck(race_with({"--format", entry.second})).out);
  }
}

TEST_CASE("what is no success by its exit status is no notice on GitHub") {
  const ProcessResult idle =
      simcheck({"--workload", "write", "--property", "survives-io-error", "--format", "github"});
  CHECK(idle.exit_status == 3);
  CHECK(idle.out.starts_with("::warning "));
  CHECK(contains(idle.out, "not exercised"));
  const ProcessResult bounded =
      simcheck({"--depth", "2", "--max-executions", "1", "--format", "github"});
  CHECK(bounded.exit_status == 3);
  CHECK(bounded.out.starts_with("::warning "));
}

TEST_CASE("what cannot be written is refused before the exploration, and leaves nothing") {
  const TempDir temp;
  write_file(temp / "a.dot", "old");
  const ProcessResult result = simcheck(
      {"--depth", "12", "--output", temp / "a.dot", "--output", temp / "missing" / "b.xml"});
  CHECK(result.exit_status == 2);
  CHECK(result.out == "");
  CHECK(result.err == "simcheck: --output: '" + (temp / "missing" / "b.xml").string() +
                          "': cannot be written: No such file or directory\n");
  CHECK(read_file(temp / "a.dot") == "old");
  CHECK(std::distance(fs::directory_iterator(temp.path()), {}) == 1);
}

TEST_CASE("errors name what would be right") {
  const std::vector<std::pair<Arguments, std::string>> cases = {
      {{"--format", "xml"},
       "--format: 'xml' is not one of text, json, junit, sarif, github, chrome, dot"},
      {{"--output", "result.pdf"},
       "--output: 'result.pdf': the end of its name tells no format; it may be .txt, .json, .xml, "
       ".sarif, .sarif.json, .trace.json, .dot, .gv"},
      {{"--output", "a.dot", "--output", "a.dot"},
       "--output: 'a.dot' is given twice; leave out one"},
      {{"--json", "--format", "dot"}, "--json and --format dot exclude each other; leave out one"}};
  for (const auto& [arguments, error] : cases) {
    const ProcessResult result = simcheck(arguments);
    CHECK(result.exit_status == 2);
    CHECK(result.err == "simcheck: " + error + "\n");
  }
}

}  // namespace simcheck::test
