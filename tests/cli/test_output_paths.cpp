// No output takes the place of what is read, of another output, or of what is none of ours.
#include <doctest/doctest.h>

#include <fmt/format.h>

#include <filesystem>

#include "tests/cli/command.hpp"
#include "tests/support/contains.hpp"
#include "tests/support/files.hpp"

namespace simcheck::test {

TEST_CASE("an input is not overwritten, however its name is spelt") {
  const TempDir directory;
  const std::string file = directory / "work.txt", link = directory / "link";
  write_file(file, "write, flush\n");
  std::filesystem::create_symlink("work.txt", link);
  for (const char* const option : {"--trace", "--html", "--save-log", "--save-data", "--stats",
                                   "--events", "--checkpoint", "--write-baseline"}) {
    for (const std::string& path : {file, link}) {
      const ProcessResult result = simcheck({"--workload", file, option, path});
      CAPTURE(result.err);
      CHECK(result.exit_status == 2);
      CHECK(contains(result.err, option));
      CHECK(contains(result.err, "would overwrite the file of --workload"));
    }
  }
  CHECK(read_file(file) == "write, flush\n");
}

TEST_CASE("a simulation's figures overwrite neither its requests nor its latencies") {
  const TempDir directory;
  const std::string work = directory / "work.txt", bins = directory / "bins.txt";
  write_file(work, "write, flush\n");
  write_file(bins, "1000 1\n");
  const ProcessResult requests = simcheck({"simulate", "--workload", work, "--stats", work});
  CHECK(contains(requests.err, "--stats would overwrite the file of --workload"));
  const ProcessResult latencies = simcheck(
      {"simulate", "--requests", "9", "--log-latency", "histogram:" + bins, "--stats", bins});
  CHECK(latencies.exit_status == 2);
  CHECK(contains(latencies.err, "--stats would overwrite the file of --log-latency"));
  CHECK(read_file(work) + read_file(bins) == "write, flush\n1000 1\n");
}

TEST_CASE("a baseline is not overwritten by a report") {
  const TempDir directory;
  const std::string known = directory / "known.json";
  CHECK(simcheck({"--depth", "1", "-q", "--write-baseline", known}).exit_status == 0);
  const std::string before = read_file(known);
  const ProcessResult result = simcheck({"--depth", "1", "--baseline", known, "--output", known});
  CHECK(contains(result.err, "--output would overwrite the file of --baseline"));
  CHECK(read_file(known) == before);
}

TEST_CASE("a full disk costs neither the result nor the other files") {
  const TempDir directory;
  // What goes through the pipe is not limited.
  const auto on_full_disk = [&](const std::string& command) {
    return shell("(ulimit -f 1; $simcheck " + command + "; echo status $?) 2>&1 | cat",
                 {.directory = directory.path()})
        .out;
  };
  const std::string result = on_full_disk(
      "--driver buggy --depth 2 -q --output all.json --trace t --write-baseline known "
      "--stats s");
  CHECK(result.starts_with("violated: "));
  for (const char* const output :
       {"--output: 'all.json'", "--trace: 't'", "--write-baseline: 'known'", "--stats: 's'"})
    CHECK(
        contains(result, fmt::format("simcheck: {}: cannot be written: File too large\n", output)));
  CHECK(result.ends_with("status 2\n"));
  const std::string table = on_full_disk("compare --drivers fixed --depth 1 --html page");
  CHECK(contains(table, "no-overlap"));
  CHECK(table.ends_with("status 2\n"));
}

TEST_CASE("'-' makes no file") {
  for (const char* const option :
       {"--trace", "--html", "--save-log", "--save-data", "--stats", "--checkpoint"}) {
    const ProcessResult result = simcheck({"--depth", "1", option, "-"});
    CHECK(result.exit_status == 2);
    CHECK(contains(result.err, "'-' is no name of a file here"));
  }
  CHECK_FALSE(std::filesystem::exists("-"));
}

TEST_CASE("'-' makes no file of a subcommand either; './-' does") {
  const TempDir directory;
  const auto run = [&](const Arguments& arguments) {
    return simcheck(arguments, {.directory = directory.path()});
  };
  REQUIRE(run({"log", "create", "log.img", "-q"}).exit_status == 0);
  write_file(directory / "disk.img", std::string(1 << 20, '\0'));
  for (const Arguments& arguments :
       {Arguments{"log", "create", "-"},
        {"log", "create", "--force", "-"},
        {"log", "salvage", "log.img", "-"},
        {"log", "crash", "log.img", "--at", "0", "--check", "false {}", "--keep", "-"},
        {"log", "replay", "log.img", "disk.img", "--check", "false {}", "--keep", "-"},
        {"simulate", "--requests", "9", "--stats", "-"},
        {"compare", "--depth", "1", "--html", "-"}}) {
    const ProcessResult result = run(arguments);
    CAPTURE(result.err);
    CHECK(result.exit_status == 2);
    CHECK(result.out == "");
    CHECK(
        contains(result.err, "'-' is no name of a file here; for a file of that name give './-'"));
  }
  CHECK_FALSE(std::filesystem::exists(directory / "-"));
  CHECK(run({"log", "create", "./-", "-q"}).exit_status == 0);
  CHECK(std::filesystem::exists(directory / "-"));
}

TEST_CASE("--checkpoint takes the place of a checkpoint, and of nothing else") {
  const TempDir directory;
  const std::string file = directory / "notes";
  write_file(file, "hello\n");
  const ProcessResult result = simcheck({"--depth", "1", "-q", "--checkpoint", file});
  CHECK(result.exit_status == 2);
  CHECK(contains(result.err, "is there, and is no checkpoint of simcheck"));
  CHECK(read_file(file) == "hello\n");
}

}  // namespace simcheck::test
