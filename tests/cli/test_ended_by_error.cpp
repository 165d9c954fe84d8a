// What a check found before it could not go on is told, and then the error.
#include <doctest/doctest.h>

#include <string>

#include "tests/cli/command.hpp"
#include "tests/support/build.hpp"
#include "tests/support/contains.hpp"
#include "tests/support/files.hpp"

namespace simcheck::test {
namespace {

// Its discards break a promise, and its flushes are not deterministic.
ProcessResult fickle(const std::string& options, const std::string& driver = "fickle") {
  return shell("PATH=" + (build_dir() / "tests").string() + ":$PATH; misbehaving --driver " +
               driver + " --property no-exception " + options);
}

}  // namespace

TEST_CASE("violations before the error are in every report, and the exit status is the error's") {
  const TempDir directory;
  const std::string junit = (directory / "j.xml").string(),
                    events = (directory / "events").string();
  const ProcessResult ended =
      fickle("--depth 2 --keep-going --output '" + junit + "' --json --events '" + events + "'");
  CHECK(ended.exit_status == 4);
  CHECK(contains(ended.err, "nondeterminism at step"));
  CHECK(contains(ended.out, R"("verdict": "violated")"));
  CHECK(contains(ended.out, R"("an error of the code under test")"));
  CHECK(contains(ended.out, R"("error": "driver 'fickle', workload 'flush': nondeterminism)"));
  CHECK(contains(read_file(junit), "no discards"));
  CHECK(contains(read_file(junit), R"(errors="1")"));
  CHECK(contains(read_file(junit), R"(<error message="driver 'fickle')"));
  const std::string told = read_file(events);
  CHECK(contains(told, R"({"event":"counterexample")"));
  CHECK(contains(told, R"({"event":"error","message":"driver 'fickle')"));
  CHECK_FALSE(contains(told, R"({"event":"end")"));
}

TEST_CASE("it is told how far the check came, the same by any number of workers") {
  const ProcessResult one = fickle("--depth 2 --keep-going --workers 1 --color never");
  CHECK(contains(one.out, "up to an error of the code under test\n"));
  for (const char* workers : {"2", "5"})
    CHECK(fickle(std::string("--depth 2 --keep-going --color never --workers ") + workers).out ==
          one.out);
}

TEST_CASE("a driver's constructor that finds no memory left is no usage error") {
  for (const char* const workers : {"1", "2"}) {
    const ProcessResult ended = fickle(std::string("--depth 2 --workers ") + workers, "greedy");
    CHECK(ended.exit_status == 71);
    CHECK(contains(ended.err, "simcheck: out of memory; a smaller --depth"));
    CHECK(ended.out == "");
  }
}

TEST_CASE("with nothing found, there is no verdict") {
  const ProcessResult ended = fickle("--keep-going --workload '2*flush'");
  CHECK(ended.exit_status == 4);
  CHECK(ended.out == "");
}

TEST_CASE("what goes on with another build of the driver is told that it may be one") {
  const TempDir directory;
  const std::string run =
      "build=" + (build_dir() / "tests/misbehaving").string() +
      "; $build --driver rebuilt --workload '4*write' --strategy dfs --max-time 0.05 ";
  in(directory, run + "--checkpoint run");
  CHECK(in(directory, run + "--resume run").exit_status == 3);
  const ProcessResult other = in(directory, "export REBUILT=1; " + run + "--resume run");
  CHECK(other.exit_status == 4);
  CHECK(contains(other.err, "? Or was the checkpoint saved by another build of the driver?"));
}

TEST_CASE("a soak tells what its rounds found") {
  const std::string soak = "--keep-going --strategy random --samples 2 --time 60s ";
  const ProcessResult in_first_round = fickle(soak + "--depth 2"),
                      later = fickle(soak + "--workload 'discard, flush'", "fickle-later");
  for (const ProcessResult& ended : {in_first_round, later}) {
    CHECK(ended.exit_status == 4);
    CHECK(contains(ended.out, "violated: no-exception"));
    CHECK(contains(ended.out, "up to an error of the code under test"));
  }
}

}  // namespace simcheck::test
