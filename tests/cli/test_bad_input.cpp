// Whatever a user gets wrong costs one line: what, where, and what would be right; exit status 2,
// nothing on standard output, nothing written.

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/cli/command.hpp"
#include "tests/support/files.hpp"

namespace simcheck::test {
namespace {

struct Case {
  std::vector<std::string> arguments;
  std::string error;  // a part of the line
};

void check_refused(const std::vector<Case>& cases, const std::filesystem::path& directory = {}) {
  for (const Case& bad : cases) {
    std::string shown;
    for (const std::string& argument : bad.arguments) shown += argument + " ";
    CAPTURE(shown);
    const ProcessResult result = simcheck(bad.arguments, {.directory = directory});
    CAPTURE(result.err);
    CHECK(result.exit_status == 2);
    CHECK(result.out == "");
    CHECK(result.err.starts_with("simcheck"));
    CHECK(std::ranges::count(result.err, '\n') == 1);
    CHECK(result.err.ends_with('\n'));
    CHECK(result.err.find(bad.error) != std::string::npos);
  }
}

}  // namespace

TEST_CASE("unknown names get a suggestion, or the list") {
  check_refused({
      {{"--driver", "fixd"}, "--driver: unknown driver 'fixd'; did you mean 'fixed'?"},
      {{"--driver", "FIXED"}, "--driver: unknown driver 'FIXED'; did you mean 'fixed'?"},
      {{"--Depth=3"}, "did you mean '--depth'?"},
      {{"--driver", "x"}, "there are buggy, fixed, mutex-v1, mutex-v2, serialized"},
      {{"--driver", ""}, "unknown driver ''"},
      {{"--property", "no-overlp"}, "did you mean 'no-overlap'?"},
      {{"--property", "no-overlap", "--property", "nope"}, "unknown property 'nope'"},
      {{"--strategy", "dpro"}, "did you mean 'dpor'?"},
      {{"--equivalence", "tarce"}, "'tarce' is not one of observed, trace; did you mean 'trace'?"},
      {{"--equivalence", "observed", "--faults", "cut"}, "and crash-parses looks at that"},
      {{"--drivr", "fixed"}, "unknown option '--drivr'; did you mean '--driver'?"},
      {{"--dept=3"}, "unknown option '--dept'; did you mean '--depth'?"},
      {{"--nonsense"}, "unknown option '--nonsense'; see --help"},
      {{"lst"}, "unknown argument 'lst'; did you mean 'list'?"},
      {{"list", "--jsn"}, "did you mean '--json'?"},
      {{"log", "verfy", "x"}, "unknown argument 'verfy'; did you mean 'verify'?"},
  });
}

TEST_CASE("values out of range or of the wrong kind") {
  check_refused({
      {{"--depth", "0"}, "--depth: '0' is not a whole number from 1 to 16"},
      {{"--depth", "17"}, "from 1 to 16"},
      {{"--depth", "-1"}, "from 1 to 16"},
      {{"--depth", "2.5"}, "from 1 to 16"},
      {{"--depth", "99999999999999999999"}, "from 1 to 16"},
      {{"--depth", "six\n"}, "'six\\x0a'"},
      {{"--detect-zeroes", "yes"}, "'yes' is not one of off, on, unmap"},
      {{"--symmetry", "0"}, "'0' is not one of on, off"},
      {{"--log-sector-size", "500"}, "'500' is not a power of two from 32 to 8388608"},
      {{"--log-sector-size", "16"}, "power of two"},
      {{"--log-sector-size", "16m"}, "power of two"},
      {{"--log-super-update-interval", "0"}, "--super-interval: '0' is not a whole number of at"},
      {{"--super-interval", "0"}, "of at least 1"},
      {{"list", "drvers"}, "'drvers' is not one of drivers, properties,"},
      {{"--max-executions", "0"}, "of at least 1"},
      {{"--max-time", "soon"}, "not a duration above zero, such as 10s"},
      {{"--max-time", "0s"}, "not a duration above zero"},
      {{"--max-time", "nan"}, "not a duration above zero"},
      {{"--max-time", "-1s"}, "not a duration above zero"},
      {{"--seed", "18446744073709551616"},
       "--seed: '18446744073709551616' is too large; the largest is 18446744073709551615"},
      {{"--seed", "-1"}, "'-1' is not a whole number of at least 0"},
      {{"--seed", "99999999999999999999x"}, "not a whole number of at least 0"},
      {{"--shrink-limit", "99999999999999999999"}, "too large"},
      {{"compare", "--super-interval", "1,99999999999999999999"}, "too large"},
      {{"--max-time", "999999999h"}, "'999999999h' is too long; the longest is 1000000000s"},
      {{"--max-memory", "99999999999g"}, "'99999999999g' is too large; the largest is 16777215t"},
      {{"--max-memory", "99999999999x"}, "not a size above zero"},
      {{"--expect", "fail"}, "'fail' is not one of holds, exercised, violated, no-violation"},
  });
}

TEST_CASE("too many values, or too few") {
  check_refused({
      {{"--depth"}, "--depth needs a value"},
      {{"--property"}, "--property needs a value"},
      {{"--save-log", "--json"}, "--save-log: needs a value, and '--json' looks like an option"},
      {{"--depth", "2", "--depth", "3"}, "--depth is given more than once"},
      {{"--json=1"}, "--json takes no value"},
      {{"--property", "no-overlap", "contiguous"}, "unknown argument 'contiguous'"},
      {{"log"}, "log needs one of: verify, dump"},
      {{"log", "repair"}, "log has no 'repair'; it has: verify, dump, stats, find, salvage"},
      {{"log", "verfy"}, "did you mean 'verify'?"},
      {{"replay", "FILE", "--break", "--step"}, "--break: needs a value, and '--step' looks like"},
      {{"replay", "FILE", "--color", "--quiet"}, "--color: needs a value, and '--quiet' looks"},
      {{"log", "verify"}, "IMAGE is required"},
      {{"--quiet", "--verbose"}, "exclude each other"},
  });
}

TEST_CASE("workloads") {
  const TempDir directory;
  write_file(directory / "bad.txt", "write 0 4k,\n  wrte 8k 4k\n");
  write_file(directory / "empty", "");
  write_file(directory / "binary", std::string("\0\1\2\xff", 4));
  check_refused(
      {
          {{"--workload", ""}, "--workload: is empty; try"},
          {{"--workload", "wrte 0 4k"}, "column 1: 'wrte' is no request; allowed: write, zeroes"},
          {{"--workload", "write 0 4k;"}, "column 12: the end of the text stands where"},
          {{"--workload", "wirte"}, "discard, flush, read; did you mean 'write'?"},
          {{"--workload", "write, FLUSH"}, "discard, flush, read; did you mean 'flush'?"},
          {{"--workload", "defualt"}, "did you mean 'default'?"},
          {{"--workload", "bad.txt"}, "did you mean 'write'?"},
          {{"--workload", "0*write"}, "column 1: the count '0'"},
          {{"--workload", "write\n0 4k 5"}, "line 2, column 6: '5' is one number too many"},
          {{"--workload", "-"}, "'-': is no file; standard input is '/dev/stdin'"},
          {{"--baseline", "-"}, "there is no such file; standard input is '/dev/stdin'"},
          {{"explain", "-"}, "there is no such file; standard input is '/dev/stdin'"},
          {{"log", "verify", "-"},
           "cannot read '-': there is no such file, and a log is read back"},
          {{"--workload", "missing.txt"}, "'missing.txt': no such file, and no workload"},
          {{"--workload", "bad.txt"}, "'bad.txt': line 2, column 3: 'wrte' is no request"},
          {{"--workload", "empty"}, "'empty': column 1: the end of the text"},
          {{"--workload", "binary"}, "neither a text, nor a trace of blktrace, nor a log image"},
          {{"--json", "log", "verify", "binary"}, "--json stands before 'log'"},
          {{"--workload", "."}, "'.': "},
          {{"--workload", "/dev/zero"}, "neither a text, nor a trace of blktrace, nor a log image"},
          {{"--workload", "write 100 200"}, "not aligned to the log's sectors of 512 bytes"},
          {{"--workload", "discard 0 4k", "--log-sector-size", "8k"}, "sectors of 8192 bytes"},
          {{"--workload", "write 1t 4k"}, "ends past the data disk, which has 1t bytes"},
          {{"--workload", "flush, write 1t 4k"}, "request 2, 'write 1t 4k'"},
      },
      directory.path());
}

TEST_CASE("replays") {
  check_refused({
      {{"--replay", "s1:0"}, "--replay needs the workload"},
      {{"--replay", "s1:0", "--workload", "default"}, "a set has many"},
      {{"--replay", "s1:0", "--workload", "65*flush"}, "65 requests, at most 64"},
      {{"--replay", "0.1.2", "--workload", "flush"}, "a schedule starts with \"s1:\""},
      {{"--replay", "s1:x", "--workload", "flush"}, "--replay: 's1:x': "},
      {{"--strategy", "replay", "--workload", "flush"}, "needs the schedule: --replay s1:..."},
      {{"--strategy", "dfs", "--replay", "s1:0", "--workload", "flush"}, "excludes other"},
  });
}

TEST_CASE("options that only stateful has, or has not") {
  check_refused({
      {{"--max-states", "10"}, "--max-states is for the states that stateful keeps"},
      {{"--max-states", "0", "--strategy", "stateful"}, "--max-states: "},
      {{"--equivalence", "trace", "--strategy", "stateful"}, "stateful compares states; leave out"},
  });
}

TEST_CASE("places where no log can be saved are found before the search") {
  const TempDir directory;
  check_refused(
      {
          {{"--save-log", ""}, "--save-log: is empty"},
          {{"--save-log", "no/such/dir.img"}, "cannot be written: No such file or directory"},
          {{"--save-log", "."}, "exists and is no regular file"},
          {{"--save-log", "/dev/null"}, "exists and is no regular file"},
      },
      directory.path());
  CHECK(std::filesystem::is_empty(directory.path()));
}

TEST_CASE("bad options leave no file behind") {
  const TempDir directory;
  check_refused({{{"--save-log", "x.img", "--workload", "wrte"}, "'wrte' is no request"},
                 {{"--save-log", "x.img", "--driver", "wrong"}, "unknown driver"}},
                directory.path());
  CHECK(std::filesystem::is_empty(directory.path()));
}

}  // namespace simcheck::test
