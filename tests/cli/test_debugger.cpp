// `simcheck replay FILE --break STEP` in gdb: it stops in the fiber of that step, with the driver
// on the stack.

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/cli/command.hpp"
#include "tests/support/contains.hpp"
#include "tests/support/files.hpp"

namespace simcheck::test {
namespace {

constexpr const char* kDriverFile = "drivers/log_writes.cpp:";

// Names without their scopes are all that some builds have besides the lines, others have no lines.
bool has_lines(const std::string& stack) { return contains(stack, kDriverFile); }

std::string write_trace(const TempDir& directory) {
  const std::string file = directory / "race.json";
  simcheck({"--driver", "buggy", "--workload", "write 0 4k, zeroes 8k 4k", "--replay",
            "s1:0*2.1*4.0*3.1*3", "-q", "--trace", file});
  return file;
}

// What gdb prints once the program has stopped, the innermost frame first. It asks no server for
// symbols.
std::string stack_at(const std::string& file, const char* step) {
  const ProcessResult result =
      run_process({"gdb", "-nx", "-batch", "-ex", "set width 0", "-ex", "run", "-ex", "backtrace",
                   "--args", simcheck_command(), "replay", file, "--break", step},
                  {.extra_env = {"DEBUGINFOD_URLS=", "ASAN_OPTIONS=detect_leaks=0"}});
  return result.out + result.err;
}

}  // namespace

TEST_CASE("gdb stops in the fiber of the step, with the driver on its stack") {
  const TempDir directory;
  const std::string file = write_trace(directory);
  for (const char* const step : {"1", "7", "10"}) {
    const std::string stack = stack_at(file, step);
    CAPTURE(stack);
    REQUIRE_MESSAGE(!contains(stack, "ptrace: Operation not permitted"),
                    "debugging is not permitted here: allow ptrace");
    CHECK(contains(stack, "received signal SIGTRAP"));
    const std::size_t driver = stack.find(has_lines(stack) ? kDriverFile : "LogWrites::do_write");
    const std::size_t fiber = stack.find("fiber_main");
    CHECK(driver != std::string::npos);
    CHECK(fiber != std::string::npos);
    CHECK(driver < fiber);
    CHECK(!contains(stack, "read_command_line"));  // it is on the main stack
  }
}

TEST_CASE("different steps stop in different calls") {
  const TempDir directory;
  const std::string file = write_trace(directory);
  CHECK(!contains(stack_at(file, "1"), "write_zeroes"));
  CHECK(contains(stack_at(file, "3"), "write_zeroes"));
}

TEST_CASE("steps in which no code runs are refused, and those that there are not") {
  const TempDir directory;
  const std::string file = write_trace(directory);
  const auto complaint = [&](const char* step) {
    const ProcessResult result = simcheck({"replay", file, "--break", step});
    CHECK(result.exit_status == 2);
    return result.err;
  };
  CHECK(contains(complaint("2"), "in step 2 no code of the driver runs: a disk request takes"));
  CHECK(contains(complaint("13"), "the trace has 12 steps"));
  CHECK(contains(complaint("0"), "--break"));
  CHECK(contains(complaint("7"), "gdb --args simcheck replay"));
}

}  // namespace simcheck::test
