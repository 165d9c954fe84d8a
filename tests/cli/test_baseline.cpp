// --baseline and --write-baseline: known violations fail no check, others do.

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "cli/baseline.hpp"
#include "tests/cli/command.hpp"
#include "tests/support/files.hpp"

namespace simcheck::test {
namespace {

const Arguments kQuietRace = {"--driver", "buggy", "--workload", "zeroes, write", "-q"};
constexpr const char* kBroken = "violated: no-overlap, contiguous, log-parses, replay-matches\n";

std::string without_line_with(const std::string& text, const std::string& word) {
  const std::size_t found = text.find(word);
  const std::size_t begin = text.rfind('\n', found);
  return std::string(text).erase(begin, text.find('\n', found) - begin);
}

}  // namespace

TEST_CASE("what is written is accepted, then and later") {
  const TempDir temp;
  const std::string file = temp / "known.json";
  const ProcessResult first = simcheck(with(kQuietRace, {"--write-baseline", file}));
  CHECK(first.exit_status == 0);
  CHECK(first.out == kBroken + file + " written, of 4 known violations\n");
  const ProcessResult later = simcheck(with(kQuietRace, {"--baseline", file}));
  CHECK(later.exit_status == 0);
  CHECK(later.out == kBroken + ("baseline " + file) + ": 4 known, 0 new\n");
  const std::string written = read_file(file);
  simcheck(with(kQuietRace, {"--baseline", file, "--write-baseline", file}));
  CHECK(read_file(file) == written);
}

TEST_CASE("a violation that is not listed fails the check and is named") {
  const TempDir temp;
  const std::string file = temp / "known.json";
  simcheck(with(kQuietRace, {"--write-baseline", file}));
  write_file(file, without_line_with(read_file(file), "\"contiguous\""));
  const ProcessResult result = simcheck(with(kQuietRace, {"--baseline", file}));
  CHECK(result.exit_status == 1);
  CHECK(result.out == kBroken + ("baseline " + file) +
                          ": 3 known, 1 new\n"
                          "  new: contiguous under 'zeroes 0 4k, write 8k 4k'\n"
                          "  --workload 'zeroes 0 4k, write 8k 4k' alone shows how\n");
  const ProcessResult wider =
      simcheck({"--driver", "buggy", "--depth", "2", "-q", "--baseline", file});
  CHECK(wider.exit_status == 1);  // other workloads
}

TEST_CASE("what is gone is told once all was explored, and fails nothing") {
  const TempDir temp;
  const std::string file = temp / "known.json";
  simcheck(with(kQuietRace, {"--write-baseline", file}));
  std::string text = read_file(file);
  for (std::size_t at = 0; (at = text.find("buggy", at)) != std::string::npos;)
    text.replace(at, 5, "fixed");
  write_file(file, text);
  const Arguments fixed = {"--workload", "zeroes, write", "--baseline", file, "-q"};
  const ProcessResult result = simcheck(fixed);
  CHECK(result.exit_status == 0);
  CHECK(result.out.find(": 0 known, 0 new, 4 no longer there (--write-baseline)\n  gone: cont") !=
        std::string::npos);
  const ProcessResult cut = simcheck(with(fixed, {"--max-executions", "1"}));
  CHECK(cut.exit_status == 3);
  CHECK(cut.out.find("gone") == std::string::npos);
}

TEST_CASE("formats for programs mark what is known, and keep the words for people apart") {
  const TempDir temp;
  const std::string file = temp / "known.json";
  simcheck(with(kQuietRace, {"--write-baseline", file}));
  const Arguments known = {"--driver", "buggy", "--workload", "zeroes, write", "--baseline", file};
  const ProcessResult json = simcheck(with(known, {"--json"}));
  const auto document = nlohmann::json::parse(json.out);
  CHECK(document["counterexamples"][0]["findings"][0]["known"] == true);
  CHECK(document["workloads"][0]["broken"][0]["known"] == true);
  CHECK(json.err == "simcheck: note: baseline " + file + ": 4 known, 0 new\n");
  CHECK(simcheck(with(known, {"--format", "github"})).out.starts_with("::warning "));
  CHECK(simcheck(with(known, {"--format", "junit"})).out.find("<failure") == std::string::npos);
}

TEST_CASE("files that are no baseline, and contradictions, are refused before the search") {
  const TempDir temp;
  write_file(temp / "text", "not JSON");
  std::filesystem::create_directory(temp / "folder");
  write_file(temp / "other.json", "{\"format\": \"simcheck-result\", \"version\": 1}");
  write_file(temp / "next.json", "{\"format\": \"simcheck-baseline\", \"version\": 2}");
  const std::vector<std::pair<std::string, std::string>> files = {
      {"missing", "cannot be read: No such file or directory"},
      {"folder", "cannot be read: Is a directory"},
      {"text", "a damaged one"},
      {"other.json", "is no baseline of simcheck\n"},
      {"next.json", "is of another version than 1"}};
  for (const auto& [file, complaint] : files) {
    const ProcessResult result = simcheck({"--depth", "12", "--baseline", temp / file});
    CHECK(result.exit_status == 2);
    CHECK(result.err.starts_with("simcheck: --baseline: '" + (temp / file).string()));
    CHECK(result.err.find(complaint) != std::string::npos);
  }
  CHECK(simcheck({"--baseline", "x", "--expect", "violated"}).exit_status == 2);
  CHECK(simcheck({"--depth", "12", "--write-baseline", temp / "no" / "x"}).exit_status == 2);
}

// In the file are the violations of one workload, and the default set of depth 2 has others.
TEST_CASE("what is new comes first, with a counterexample of its own, in every format") {
  const TempDir temp;
  const std::string known = temp / "known.json";
  REQUIRE(simcheck({"--driver", "buggy", "--depth", "2", "--write-baseline", known}).exit_status ==
          0);
  auto baseline = nlohmann::json::parse(read_file(known));
  const std::string first = baseline["findings"][0]["workload"];
  auto kept = nlohmann::json::array(), others = nlohmann::json::array();
  for (const auto& finding : baseline["findings"])
    (finding["workload"] == first ? kept : others).push_back(finding);
  REQUIRE(!others.empty());
  baseline["findings"] = kept;
  write_file(known, baseline.dump());
  const std::vector<std::string> check = {"--driver", "buggy", "--depth", "2", "--baseline", known};
  const auto with = [&](const char* format) {
    auto arguments = check;
    arguments.insert(arguments.end(), {"--format", format});
    const ProcessResult result = simcheck(arguments);
    CHECK(result.exit_status == 1);
    return result.out;
  };
  CHECK(with("github").starts_with("::error "));
  const auto json = nlohmann::json::parse(with("json"));
  CHECK(json["counterexamples"][0]["found_in"] != first);
  CHECK(json["counterexamples"][0]["findings"][0]["known"] == false);
  const auto sarif = nlohmann::json::parse(with("sarif"));
  CHECK(sarif["runs"][0]["results"][0]["baselineState"] == "new");
}

}  // namespace simcheck::test
