// Runs that are interrupted, killed and gone on with on the command line; their files, and what is
// said when those are not what they should be.

#include <doctest/doctest.h>

#include <fmt/format.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/cli/command.hpp"
#include "tests/support/build.hpp"
#include "tests/support/contains.hpp"
#include "tests/support/files.hpp"

namespace simcheck::test {
namespace {

// Some seconds of work in one workload.
const std::string kLong = std::string("--driver fixed --symmetry off --json --workload ") +
                          by_build("'6*zeroes' ", "'5*zeroes' ");

// Sends the signal once something is saved, however long a busy machine takes for that.
ProcessResult ended_by(const char* signal, const TempDir& directory, const std::string& arguments) {
  return in(directory, "$simcheck " + kLong + arguments +
                           " & while [ ! -s run ]; do sleep 0.01; done; kill -" + signal +
                           " $!; wait $!");
}

// A complete checkpoint of a short run.
void save_short_run(const TempDir& directory) {
  CHECK(in(directory, "$simcheck --depth 2 --checkpoint run").exit_status == 0);
}

}  // namespace

TEST_CASE("interrupted or killed within a workload, a run goes on to the same end") {
  const TempDir directory;
  const std::string whole = in(directory, "$simcheck " + kLong).out;
  const ProcessResult interrupted =
      ended_by("TERM", directory, "--checkpoint run --checkpoint-interval 20ms");
  CHECK(contains(interrupted.out, "\"verdict\": \"interrupted\""));
  CHECK(contains(interrupted.err, "--resume run goes on from here"));
  in(directory, "timeout -s KILL 0.4 $simcheck " + kLong +
                    "--resume run --checkpoint-interval 50ms --workers 1");
  const ProcessResult rest = in(directory, "$simcheck " + kLong + "--resume run");
  CHECK(rest.exit_status == 0);
  CHECK(rest.out == whole);
  // And the finished run's file gives the result once more.
  CHECK(in(directory, "$simcheck " + kLong + "--resume run").out == whole);
}

TEST_CASE(
    "a signal ends a run as Ctrl-C does, though it comes twice; SIGHUP unless it is ignored") {
  const TempDir directory;
  const std::string run = "$simcheck " + kLong + "--checkpoint run --checkpoint-interval 20ms";
  const std::string once_saved = " & while [ ! -s run ]; do sleep 0.01; done; ";
  for (const char* signal : {"HUP", "TERM"}) {
    const ProcessResult ended = in(directory, fmt::format("{}{}kill -{} $!; kill -{} $!; wait $!",
                                                          run, once_saved, signal, signal));
    CHECK(ended.exit_status == 3);
    CHECK(contains(ended.out, "\"verdict\": \"interrupted\""));
    std::filesystem::remove(directory / "run");
  }
  const ProcessResult ignoring = in(directory, "trap '' HUP; " + run + " --max-time 300ms" +
                                                   once_saved + "kill -HUP $!; wait $!");
  CHECK(contains(ignoring.out, "max-time"));
}

TEST_CASE("files are written though the terminal is gone") {
  const TempDir directory;
  in(directory,
     "timeout -s KILL 1 script -qec \"$simcheck --workload '7*zeroes' --symmetry off --html page\" "
     "/dev/null >/dev/null 2>&1; for i in $(seq 100); do [ -s page ] && break; sleep 0.1; done");
  CHECK(contains(read_file(directory / "page"), "interrupted"));
}

TEST_CASE("a kill leaves the file whole, and nothing beside it") {
  const TempDir directory;
  ended_by("KILL", directory, "--checkpoint run --checkpoint-interval 1ms");
  CHECK(in(directory, "ls").out == "run\n");
  CHECK(
      in(directory, "timeout --foreground -s INT 0.2 $simcheck " + kLong + "--resume run -q").err ==
      "");
}

TEST_CASE("--max-time ends a run that may be gone on with, under another limit or none") {
  const TempDir directory;
  const std::string command = std::string("$simcheck -q --depth ") + by_build("5", "4");
  const ProcessResult first = in(directory, command + " --max-time 20ms --checkpoint run");
  CHECK(first.exit_status == 3);
  CHECK(first.out.ends_with("(bounded: max-time 0.02 s)\n"));
  CHECK(in(directory, command + " --resume run").out == "holds (complete)\n");
}

TEST_CASE("what is no checkpoint of this run is refused with the reason") {
  const TempDir directory;
  save_short_run(directory);
  struct Case {
    const char* script;
    const char* complaint;
  };
  for (const Case& bad :
       {Case{"$simcheck --depth 2 --driver buggy --resume run", "--driver was 'fixed', and here"},
        Case{"$simcheck --depth 2 --preemptions 1 --resume run", "--preemptions was not given"},
        Case{"$simcheck --depth 2 --resume none", "'none' does not exist"},
        Case{"$simcheck --depth 2 --resume .", "'.' is no regular file"},
        Case{"echo hello >h; $simcheck --depth 2 --resume h", "is no checkpoint of simcheck"},
        Case{": >empty; $simcheck --depth 2 --resume empty", "is no checkpoint of simcheck"},
        Case{"sed 's/checkpoint 4/checkpoint 9/' run >f; $simcheck --depth 2 --resume f",
             "has format '9', and this program reads 4"},
        Case{"head -c 500 run >cut; $simcheck --depth 2 --resume cut", "its checksum does not"},
        Case{"cp run x; printf x >>x; $simcheck --depth 2 --resume x", "its checksum does not"},
        Case{"cp run y; printf '\\1' | dd of=y bs=1 seek=900 conv=notrunc 2>/dev/null; "
             "$simcheck --depth 2 --resume y",
             "its checksum does not"}}) {
    CAPTURE(std::string(bad.script));
    const ProcessResult result = in(directory, bad.script);
    CHECK(result.exit_status == 2);
    CHECK(result.out.empty());
    CHECK(contains(result.err, bad.complaint));
  }
}

TEST_CASE("a limit that one of the two runs has not is called not given") {
  const TempDir directory;
  in(directory,
     "$simcheck --depth 2 -q --max-executions 1 --checkpoint one; "
     "$simcheck --depth 2 -q --checkpoint all");
  CHECK(contains(in(directory, "$simcheck --depth 2 --resume one").err,
                 "--max-executions was '1', and here it is not given"));
  CHECK(contains(in(directory, "$simcheck --depth 2 --max-executions 1 --resume all").err,
                 "--max-executions was not given, and here it is '1'"));
  CHECK(contains(in(directory, "$simcheck --depth 2 --in-flight 1 --resume all").err,
                 "--in-flight was not given, and here it is '1'"));
}

TEST_CASE("every byte of a file is under its checksum") {
  const TempDir directory;
  CHECK(in(directory, "$simcheck --workload write --checkpoint run").exit_status == 0);
  const std::string whole = read_file(directory / "run");
  for (std::size_t i = 0; i < whole.size(); i += 37) {
    std::string damaged = whole;
    damaged[i] = static_cast<char>(damaged[i] ^ 0x10);
    write_file(directory / "bad", damaged);
    CAPTURE(i);
    CHECK(in(directory, "$simcheck --workload write --resume bad").exit_status == 2);
  }
}

TEST_CASE("paths that cannot be written are refused before anything is explored") {
  for (const char* const arguments :
       {"--checkpoint /nowhere/run", "--stats /nowhere/stats", "--checkpoint /dev/full",
        "--stats /dev/full", "--checkpoint ''", "--stats ."}) {
    CAPTURE(std::string(arguments));
    const ProcessResult result = shell("$simcheck --depth 2 " + std::string(arguments));
    CHECK(result.exit_status == 2);
    CHECK(result.out.empty());
  }
}

TEST_CASE("a disk that is full ends no run, but is told, and the file before stays") {
  const TempDir directory;
  save_short_run(directory);
  const std::string before = read_file(directory / "run");
  const ProcessResult result = in(
      directory, "ulimit -f 1; $simcheck --depth 4 -q --checkpoint run --checkpoint-interval 1ms");
  CHECK(result.exit_status == 2);
  CHECK(result.out == "holds (complete)\n");
  CHECK(contains(result.err, "cannot be written: File too large; the check goes on"));
  CHECK(read_file(directory / "run") == before);
}

TEST_CASE("options of long runs that make no sense together") {
  struct Case {
    std::vector<std::string> arguments;
    const char* complaint;
  };
  for (const Case& bad :
       {Case{{"--checkpoint-interval", "5"}, "says how often --checkpoint FILE saves"},
        Case{{"--checkpoint", "x", "--checkpoint-interval", "0"}, "not a duration above zero"},
        Case{{"--checkpoint", "x", "--strategy", "pct", "--time", "1s"},
             "nothing of that is saved"},
        Case{{"--resume", "x", "--workload", "write", "--replay", "s1:0"}, "one execution"},
        Case{{"--checkpoint", "x", "--stats", "./x"}, "give them two names"},
        Case{{"--max-memory", "much"}, "'much' is not a size above zero, such as 200m"}}) {
    const ProcessResult result = simcheck(bad.arguments);
    CAPTURE(std::string(bad.complaint));
    CHECK(result.exit_status == 2);
    CHECK(contains(result.err, bad.complaint));
  }
}

TEST_CASE("a run that takes too much memory is bounded, and goes on with more") {
  const TempDir directory;
  const std::string command =
      std::string("$simcheck --strategy stateful --depth ") + by_build("3 ", "2 ");
  const ProcessResult little = in(directory, command + "--max-memory 4k --checkpoint run");
  CHECK(little.exit_status == 3);
  CHECK(little.out.starts_with("holds (bounded: max-memory 4k)\n") !=
        little.out.starts_with("not exercised (bounded: max-memory 4k)\n"));
  CHECK(contains(little.err, ", peak memory "));
  CHECK(in(directory, command + "--resume run").out == in(directory, command).out);
}

TEST_CASE("out of memory is no bug, and says what helps") {
  if (kSanitized) return;  // that reserves more addresses than any limit leaves
  const ProcessResult result = shell("ulimit -v 100000; $simcheck --depth 6 --strategy stateful");
  CHECK(result.exit_status == 71);
  CHECK(result.out.empty());
  CHECK(result.err.starts_with("simcheck: out of memory; a smaller --depth and fewer --workers"));
}

TEST_CASE("--stats has the figures of the machine, and standard output does not change") {
  const TempDir directory;
  const ProcessResult without = in(directory, "$simcheck --depth 3");
  const ProcessResult with = in(directory, "$simcheck --depth 3 --stats stats");
  CHECK(with.out == without.out);
  CHECK(with.err.empty());
  const auto stats = nlohmann::json::parse(read_file(directory / "stats"));
  CHECK(stats["format"] == "simcheck-stats");
  CHECK(stats["workloads"].size() == 130);
  CHECK(stats["memory_peak"] > 100'000);
  CHECK(stats["exploration"]["transitions_run"] > 1000);
}

TEST_CASE("the cost is told with --verbose, and not with --quiet") {
  CHECK(contains(simcheck({"--depth", "2", "-v"}).err, "peak memory"));
  CHECK(simcheck({"--depth", "2"}).err.empty());
  CHECK(simcheck({"--depth", "2", "-q", "--max-memory", "1g"}).err.empty());
}

TEST_CASE("a file that is written anew is mentioned") {
  const TempDir directory;
  save_short_run(directory);
  CHECK(contains(in(directory, "$simcheck --depth 2 --checkpoint run").err,
                 "'run' is written anew; --resume run would go on from it"));
  CHECK(contains(in(directory, "cp run 'a b'; $simcheck --depth 2 --checkpoint 'a b'").err,
                 "--resume 'a b' would go on from it"));
}

}  // namespace simcheck::test
