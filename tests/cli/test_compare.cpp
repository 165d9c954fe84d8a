// `simcheck compare`: the table of verdicts, which is a golden file, and its replay lines.

#include <doctest/doctest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "tests/cli/command.hpp"
#include "tests/support/contains.hpp"
#include "tests/support/files.hpp"
#include "tests/support/terminal.hpp"

namespace simcheck::test {
namespace {

std::string golden(const char* name) { return read_file(source_dir() / "tests/golden" / name); }

// What QEMU had or was offered, at all intervals; ours takes longer, so at the default one only.
std::string golden_of_qemu() { return golden("verdicts.txt"); }
std::string golden_of_ours() { return golden("verdicts_crash_safe.txt"); }

}  // namespace

TEST_CASE("compare prints the golden tables") {
  const ProcessResult result =
      simcheck({"compare", "--drivers", "buggy,fixed,mutex-v1,mutex-v2,serialized"});
  CHECK(result.exit_status == 0);
  CHECK(result.err == "");
  CHECK(result.out == golden_of_qemu());
  CHECK(simcheck({"compare", "--drivers", "crash-safe", "--super-interval", "4096"}).out ==
        golden_of_ours());
}

TEST_CASE("every replay line of the golden table shows its violation") {
  std::istringstream lines(golden_of_qemu() + golden_of_ours());
  int replays = 0;
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with("  simcheck --driver ")) continue;
    CAPTURE(line);
    const auto result = shell("\"$simcheck\"" + line.substr(std::string("  simcheck").size()));
    CHECK(result.exit_status == 1);
    ++replays;
  }
  CHECK(replays == 49);
}

TEST_CASE("compare: the same bytes whatever the workers") {
  const auto with = [](const char* form, const char* workers) {
    return simcheck({"compare", "--depth=1", workers, form}).out;
  };
  for (const char* const form : {"--json", "--super-interval=1,2"}) {
    CHECK(with(form, "--workers=1") == with(form, "--workers=3"));
  }
}

TEST_CASE("compare: an interrupt leaves what was finished") {
  const auto interrupted = [](const std::string& options) {
    return interrupted_after(1, "compare --depth 6 " + options);
  };
  const ProcessResult text = interrupted("--drivers buggy,fixed");
  CHECK(text.exit_status == 3);
  CHECK(contains(text.out, " not finished"));
  CHECK(contains(text.out, "no-overlap                broken:"));
  CHECK(contains(text.out, " of 36 cells are finished. Each cell"));
  CHECK(contains(text.out, "--property no-overlap --workload"));
  const auto json = nlohmann::json::parse(interrupted("--drivers fixed --json").out);
  CHECK(json["interrupted"] == true);
  CHECK(json["properties"].back()["verdicts"][0]["verdict"] == "interrupted");
}

TEST_CASE("compare: prose keeps to the terminal") {
  const std::string shown = run_on_terminal({simcheck_command(), "compare", "--depth", "1",
                                             "--drivers", "buggy", "--super-interval", "4096"},
                                            {.columns = 60})
                                .out;
  CHECK(contains(shown, "\nEach cell is a check of its own: one driver, one property,\nevery"));
}

TEST_CASE("compare --json says of each cell what the text says") {
  const auto json =
      nlohmann::json::parse(simcheck({"compare", "--json", "--depth", "1", "--drivers",
                                      "crash-safe,serialized", "--super-interval", "2"})
                                .out);
  CHECK(json["format"] == "simcheck-comparison");
  CHECK(json["interrupted"] == false);
  CHECK(json["drivers"] == std::vector<std::string>{"crash-safe", "serialized"});
  const auto& rows = json["properties"];
  const auto found =
      std::ranges::find_if(rows, [](const auto& r) { return r["name"] == "crash-parses"; });
  REQUIRE(found != rows.end());
  const auto& row = *found;
  CHECK(row["options"] == "--faults cut");
  CHECK(row["verdicts"][0] == nlohmann::json{{"driver", "crash-safe"}, {"verdict", "holds"}});
  CHECK(row["verdicts"][1]["verdict"] == "violated");
  CHECK(row["verdicts"][1]["super_interval"] == 2);
  CHECK(
      contains(row["verdicts"][1]["replay"].get<std::string>(), "--super-interval 2 --faults cut"));
}

TEST_CASE("compare: faults that are asked for go to every property") {
  const std::string text = simcheck({"compare", "--depth", "1", "--faults", "torn=1,cut"}).out;
  CHECK(contains(text, "\n  no-overlap                --faults torn=1\n"));
  CHECK(contains(text, "\n  crash-parses              --faults torn=1,cut\n"));
}

TEST_CASE("compare: what a single check is given, each of its checks is given") {
  const std::string text =
      simcheck({"compare", "--drivers=fixed", "--workload=2*write", "--property=no-overlap",
                "--property=crash-parses", "--durability=cache-off", "--recovery=truncate",
                "--super-interval=1"})
          .out;
  CHECK(contains(text, "interleaving of the workload\n2*write at depth 2"));
  CHECK(contains(text, "\n  no-overlap    --workload '2*write'\n"));
  CHECK(contains(text,
                 "\n  crash-parses  --workload '2*write' --faults cut --durability cache-off "
                 "--recovery truncate\n"));
  CHECK(!contains(text, "contiguous"));
  const ProcessResult late = simcheck({"compare", "--drivers=fixed", "--property=log-parses",
                                       "--depth=8", "--super-interval=1", "--max-time=1"});
  CHECK(late.exit_status == 3);
  CHECK(contains(late.out, "0 of 1 cells are finished"));
}

TEST_CASE("compare: wrong values are refused with what would be right") {
  const auto refused = [](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "compare");
    const ProcessResult result = simcheck(arguments);
    CHECK(result.exit_status == 2);
    CHECK(result.out == "");
    return result.err;
  };
  CHECK(refused({"--drivers", "fixed,serialised"}) ==
        "simcheck: --drivers: unknown driver 'serialised'; did you mean 'serialized'?\n");
  CHECK(refused({"--drivers", "buggy,fixed,buggy"}) ==
        "simcheck: --drivers: 'buggy' is given twice\n");
  CHECK(contains(refused({"--faults", "eoi=1"}), "--faults: unknown fault 'eoi'"));
  CHECK(contains(refused({"--super-interval", "1,0"}), "--super-interval: '0' is not"));
  CHECK(contains(refused({"--drivers", "fixed,"}), "--drivers: 'fixed,' has an empty part"));
  CHECK(contains(refused({"--super-interval", ""}), "--super-interval: is empty"));
  for (const char* const option : {"--drivers", "--html"})
    CHECK(contains(refused({option, "--json"}),
                   std::string(option) + ": needs a value, and '--json' looks like an option"));
  CHECK(contains(refused({"--depht", "1"}), "did you mean '--depth'?"));
  CHECK(refused({"--nonsense"}) ==
        "simcheck: unknown option '--nonsense'; see 'simcheck compare --help'\n");
  CHECK(contains(refused({"--durability", "prefx"}), "did you mean 'prefix'?"));
  CHECK(contains(refused({"--property", "no-overlp"}), "did you mean 'no-overlap'?"));
  CHECK(contains(refused({"--max-time", "--json"}), "--max-time: needs a value"));
  CHECK(contains(refused({"--property", "no-overlap", "--durability", "prefix"}),
                 "--durability prefix: none of the properties judges what a power cut leaves"));
}

}  // namespace simcheck::test
