// What is said when the code under test takes the process down, or does not come back.

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <string>
#include <vector>

#include "tests/cli/command.hpp"
#include "tests/support/build.hpp"
#include "tests/support/contains.hpp"
#include "tests/support/files.hpp"

namespace simcheck::test {
namespace {

// In a shell, with the test program in the search path. What hangs uses up its time.
ProcessResult in_shell(const std::string& script) {
  return shell("PATH=" + (build_dir() / "tests").string() + ":$PATH; ulimit -t 60; " + script);
}

constexpr const char* kComeAgain = "\n  to come here again, in a debugger: gdb --args ";

std::string command_to_come_again(const std::string& words) {
  const std::size_t at = words.find(kComeAgain);
  REQUIRE(at != std::string::npos);
  return words.substr(at + std::string(kComeAgain).size());
}

// Two writes, of which the second is done first: where a single worker comes first. Several are at
// work on several workloads, and which of them takes the process down is a matter of time.
constexpr const char* kPlace = "\n  fiber B, in step 5 of the schedule";
constexpr const char* kCommand =
    "misbehaving --driver {} --workload 'write 0 4k, write 8k 4k' --replay 's1:0*2.1*3'\n";

struct End {
  const char* driver;
  int exit_status;
  const char* words;
};

// Sanitizers have words of their own for the first ones.
std::vector<End> ends() {
  const std::vector<End> crashes = {{"segv", 139, "SIGSEGV in the code under test"},
                                    {"fpe", 136, "SIGFPE in the code under test"},
                                    {"ill", 132, "SIGILL in the code under test"},
                                    {"abort", 134, "SIGABRT in the code under test"},
                                    {"overflow", 139, "SIGSEGV in the code under test"}};
  std::vector<End> all = {{"exit", 70, "the code under test called exit()"},
                          {"assertion", 70, "an assertion failed while it ran"}};
  if (!kSanitized) all.insert(all.end(), crashes.begin(), crashes.end());
  return all;
}

// Sends it signals once it is in its loop.
ProcessResult looping(const std::string& options, const std::string& signals) {
  const TempDir directory;
  return in_shell(
      fmt::format("cd '{}'; misbehaving --driver loop --workload 'write, write 8k 4k' "
                  "{} >out & while [ ! -s out ]; do sleep 0.01; done; {} wait $!",
                  directory.path().string(), options, signals));
}

}  // namespace

TEST_CASE("a crash, a failed assertion and an exit say which schedule led there") {
  for (const End& end : ends()) {
    CAPTURE(std::string(end.driver));
    const ProcessResult result =
        in_shell(fmt::format("misbehaving --driver {} --depth 2 --workers 1", end.driver));
    CHECK(result.exit_status == end.exit_status);
    CHECK(result.out == "");
    CHECK(contains(result.err, fmt::format("simcheck: {}: driver '{}', workload "
                                           "'write 0 4k, write 8k 4k'{}",
                                           end.words, end.driver, kPlace)));
    CHECK(command_to_come_again(result.err)
              .starts_with(fmt::format(fmt::runtime(kCommand), end.driver)));
  }
}

TEST_CASE("the command that it gives ends in the same way, at the same place") {
  for (const End& end : ends()) {
    CAPTURE(std::string(end.driver));
    const std::string command = fmt::format(fmt::runtime(kCommand), end.driver);
    const ProcessResult again = in_shell(command);
    CHECK(again.exit_status == end.exit_status);
    CHECK(contains(again.err, fmt::format("{}: driver '{}'", end.words, end.driver)));
    CHECK(contains(again.err, kPlace));
    CHECK(command_to_come_again(again.err).starts_with(command));
  }
}

TEST_CASE("what an assertion says comes first") {
  const std::string words = in_shell("misbehaving --driver assertion --depth 2").err;
  CHECK(words.starts_with("simcheck: a rule was broken: there is a sink"));
}

TEST_CASE("what a replay must repeat is in the command") {
  const std::string words = in_shell(
                                "misbehaving --driver exit --workload 'write, write 8k 4k' "
                                "--threads 2 --property deadlock-free")
                                .err;
  const std::string command = command_to_come_again(words);
  CHECK(command.starts_with("misbehaving --driver exit --threads 2 --property deadlock-free "));
  const std::string again = in_shell(command).err;
  CHECK(again == words);
}

TEST_CASE("a fiber whose stack is full is told from other crashes") {
  const std::string full = "; its stack of 256 KiB is full\n";
  const std::string words = in_shell("misbehaving --driver overflow --depth 2").err;
  CHECK(contains(words, full) == !kSanitized);  // which have words of their own
  CHECK(!contains(in_shell("misbehaving --driver segv --depth 2").err, full));
}

TEST_CASE("all strategies and all workers say it") {
  for (const char* const options :
       {"--strategy dfs", "--strategy stateful", "--strategy random --seed 1",
        "--strategy dfs --delays 3", "--workers 4", "--faults eio=1",
        "--symmetry off --equivalence trace"}) {
    CAPTURE(std::string(options));
    const ProcessResult result =
        in_shell(fmt::format("misbehaving --driver exit --depth 3 {}", options));
    CHECK(result.exit_status == 70);
    CHECK(contains(result.err, "the code under test called exit(): driver 'exit'"));
    const ProcessResult again = in_shell(command_to_come_again(result.err));
    CHECK(again.exit_status == 70);
    CHECK(again.err == result.err);
  }
}

TEST_CASE("the faults that led there are part of the command") {
  const ProcessResult result =
      in_shell("misbehaving --driver exit-on-error --depth 2 --faults eio=1 --workers 1");
  CHECK(result.exit_status == 70);
  const std::string command = command_to_come_again(result.err);
  CHECK(contains(command, " --fault-plan 'A.1=eio' --replay 's1:"));
  CHECK(in_shell(command).err == result.err);
}

TEST_CASE("a property that crashes is told by the schedule that it judges") {
  const ProcessResult result = in_shell("misbehaving --driver fixed --property leaving");
  CHECK(result.exit_status == 70);
  CHECK(contains(result.err, "\n  while the properties judge the schedule\n"));
  CHECK(in_shell(command_to_come_again(result.err)).err == result.err);
}

TEST_CASE("a driver that cannot be made is told, too") {
  const ProcessResult result = in_shell("misbehaving --driver stillborn");
  CHECK(result.exit_status == 70);
  CHECK(contains(result.err, "\n  before its first execution, while the driver is made"));
  CHECK(in_shell(command_to_come_again(result.err)).err == result.err);
}

TEST_CASE("so does a simulation, which the same command repeats") {
  const ProcessResult result =
      in_shell("misbehaving simulate --driver exit-on-error --requests 1000 --faults eio=1");
  CHECK(result.exit_status == 70);
  CHECK(contains(result.err,
                 "simcheck: the code under test called exit(): driver 'exit-on-error'\n  fiber "));
  CHECK(result.err.ends_with(", in virtual time: the same command comes here again\n"));
}

TEST_CASE("a check that ends by itself has no last words") {
  const ProcessResult result = in_shell("misbehaving --driver exit --workload write -q");
  CHECK(result.exit_status == 0);
  CHECK(result.err == "");
}

TEST_CASE("code that does not come back is ended by a second signal at once, of either kind") {
  const ProcessResult result = looping("", "kill -TERM $!; sleep 0.5; kill -INT $!;");
  CHECK(result.exit_status == 130);
  CHECK(contains(result.err, "simcheck: ended at once, by a second signal: driver 'loop'"));
  CHECK(contains(result.err, kPlace));
}

TEST_CASE("code that does not come back is ended some seconds after the first signal") {
  const ProcessResult result = looping("--workers 2", "kill -TERM $!;");
  CHECK(result.exit_status == 143);
  CHECK(contains(result.err, "simcheck: the code under test does not come back: driver 'loop'"));
}

TEST_CASE("a signal that comes twice at once, as from timeout(1), is one") {
  const ProcessResult result = looping("", "kill -TERM $!; kill -TERM $!;");
  CHECK(result.exit_status == 143);
  CHECK(contains(result.err, "simcheck: the code under test does not come back: driver 'loop'"));
}

TEST_CASE("code that does not come back is ended some seconds after --max-time") {
  const ProcessResult result = looping("--max-time 50ms", "");
  CHECK(result.exit_status == 70);
  CHECK(command_to_come_again(result.err).starts_with("misbehaving --driver loop --workload "));
}

}  // namespace simcheck::test
