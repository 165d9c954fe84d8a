// The jobs that docs/ci.md shows do what they are there for.

#include <doctest/doctest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "tests/docs/fenced_blocks.hpp"
#include "tests/support/files.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/process.hpp"

namespace simcheck::test {
namespace {

std::vector<FencedBlock> jobs() {
  std::vector<FencedBlock> jobs;
  for (FencedBlock& block : fenced_blocks(read_file(source_dir() / "docs/ci.md")))
    if (block.language == "yaml") jobs.push_back(std::move(block));
  return jobs;
}

// The command of a line of a script, if it is one of simcheck's; else "".
std::string command_of(const std::string& line) {
  const std::size_t begin = line.find_first_not_of(" -");
  const bool is_ours = begin != std::string::npos && line.compare(begin, 9, "simcheck ") == 0;
  return is_ours ? line.substr(begin) : "";
}

}  // namespace

TEST_CASE("the jobs of docs/ci.md succeed and leave the files that they keep") {
  REQUIRE(jobs().size() == 2);
  for (const FencedBlock& job : jobs()) {
    const TempDir directory;
    int commands = 0;
    for (const std::string& line : job.lines) {
      const std::string command = command_of(line);
      if (command.empty()) continue;
      const ProcessResult result = run_process(
          {"sh", "-ec", "PATH=$build:$PATH; " + command},
          {.directory = directory.path(), .extra_env = {"build=" + build_dir().string()}});
      CHECK_MESSAGE(result.exit_status == 0, command, "\n", result.out, result.err);
      ++commands;
    }
    CHECK(commands == 2);
    CHECK(std::filesystem::exists(directory / "simcheck.xml"));
    CHECK(std::filesystem::exists(directory / "race.dot"));
    const bool is_gitlab = job.lines.front() == "simcheck:";
    CHECK(std::filesystem::exists(directory / "race.xml") == is_gitlab);
  }
}

}  // namespace simcheck::test
