// The examples do what they show: a command line inherited whole, and exact counts.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

#include "tests/support/contains.hpp"
#include "tests/support/files.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/process.hpp"

namespace simcheck::test {
namespace {

ProcessResult run_example(const std::string& name, std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), build_dir() / "examples" / name);
  return run_process(arguments);
}

bool is_code(const std::string& line) {
  const std::size_t start = line.find_first_not_of(' ');
  return start != std::string::npos && !line.substr(start).starts_with("//");
}

}  // namespace

TEST_CASE("a driver, a property and a main of one's own take at most 40 lines") {
  std::istringstream source(read_file(source_dir() / "examples/journal.cpp"));
  int lines = 0;
  for (std::string line; std::getline(source, line);) lines += is_code(line) ? 1 : 0;
  CHECK(lines <= 40);
}

TEST_CASE("the driver of one's own is the default one, and its race is found") {
  const ProcessResult result = run_example("journal", {});
  CHECK(result.exit_status == 1);
  CHECK(result.err == "");
  CHECK(result.out.starts_with("violated: all-noted\n"));
  CHECK(contains(result.out, "a request has no note"));
}

TEST_CASE("its fix holds, and only what was chosen as default is checked") {
  const ProcessResult result = run_example("journal", {"--driver", "careful", "--depth", "4"});
  CHECK(result.exit_status == 0);
  CHECK(result.out.starts_with("holds (complete)\n"));
  CHECK(contains(result.out, "\nall-noted      holds\n"));
  CHECK(!contains(result.out, "no-overlap"));
}

TEST_CASE("built-in drivers and properties are still there") {
  const ProcessResult race =
      run_example("journal", {"--driver", "buggy", "--property", "no-overlap", "-q"});
  CHECK(race.exit_status == 1);
  CHECK(race.out == "violated: no-overlap\n");
  const ProcessResult list = run_example("journal", {"list"});
  CHECK(list.out.starts_with("Drivers (--driver):\n  hasty "));
  CHECK(contains(list.out, "\n  fixed "));
  CHECK(contains(list.out, "\n  all-noted "));
}

TEST_CASE("compare looks at what was chosen as default, and help has the program's name") {
  const ProcessResult table =
      run_example("journal", {"compare", "--drivers", "hasty,careful", "--super-interval", "1"});
  CHECK(contains(table.out, "\nall-noted "));
  CHECK(!contains(table.out, "no-overlap"));
  CHECK(contains(run_example("journal", {"--help"}).out, "Usage: journal [OPTIONS]"));
}

TEST_CASE("hints lead to the program of one's own, which alone knows its drivers") {
  const TempDir directory;
  const std::string help = run_example("journal", {"--help"}).out;
  CHECK(contains(help, "see 'journal list faults'"));
  CHECK(contains(help, "\n  journal --driver buggy\n"));
  CHECK(contains(help, "70 a bug in simcheck"));
  CHECK(!contains(help, "'simcheck"));
  const std::string file = directory / "trace.json";
  CHECK(run_example("journal", {"-q", "--trace", file}).exit_status == 1);
  CHECK(contains(run_example("journal", {"replay", file, "--break", "5"}).err,
                 "gdb --args journal replay " + file + " --break 5\n"));
}

TEST_CASE("mistakes are told as by simcheck itself") {
  const ProcessResult result = run_example("journal", {"--driver", "carefull"});
  CHECK(result.exit_status == 2);
  CHECK(result.err == "simcheck: --driver: unknown driver 'carefull'; did you mean 'careful'?\n");
}

TEST_CASE("a property of one's own judges what a power cut leaves") {
  const ProcessResult lazy = run_example("power_cut", {"--faults", "cut", "--driver", "lazy"});
  CHECK(lazy.exit_status == 1);
  CHECK(lazy.err == "");
  CHECK(lazy.out.starts_with("violated: flushed-survives\n"));
  CHECK(contains(lazy.out, "dpor, with trace equivalence"));
  const ProcessResult eager =
      run_example("power_cut", {"--faults", "cut", "--driver", "eager", "--depth", "3"});
  CHECK(eager.exit_status == 0);
  CHECK(eager.out.starts_with("holds (complete)\n"));
}

TEST_CASE("what was lost on the data device is said, and --save-data keeps what is left there") {
  const TempDir directory;
  const std::string image = directory / "data.img";
  const ProcessResult lazy = run_example(
      "power_cut",
      {"--faults", "cut", "--driver", "lazy", "--disk-sector", "4096", "--save-data", image});
  CHECK(lazy.exit_status == 1);
  CHECK(contains(lazy.out, "gone; of this was lost: the write of 4096 bytes at data byte 0 by A"));
  CHECK(read_file(image) == std::string(4096, '\0'));
}

TEST_CASE("equivalence that a judge of power cuts would not bear is refused with them alone") {
  const std::vector<std::string> observed = {"--depth", "1", "--equivalence", "observed"};
  CHECK(run_example("power_cut", observed).exit_status == 0);
  std::vector<std::string> with_cuts = observed;
  with_cuts.insert(with_cuts.end(), {"--faults", "cut"});
  const ProcessResult refused = run_example("power_cut", with_cuts);
  CHECK(refused.exit_status == 2);
  CHECK(contains(refused.err, "flushed-survives looks at that"));
}

TEST_CASE("--faults cut without a judge of what is left tells of one's own, too") {
  const ProcessResult refused = run_example("journal", {"--faults", "cut"});
  CHECK(refused.exit_status == 2);
  CHECK(contains(refused.err,
                 "add --property crash-parses, for logs of simcheck's format, or one "
                 "of your own that has judge_crash() and observes().cut"));
}

TEST_CASE("W(n) has (2n)! / 2^n executions, each explored once") {
  const std::vector<int> executions = {1, 6, 90, 2520};
  for (int n = 1; n <= 4; ++n) {
    const int count = executions[static_cast<std::size_t>(n - 1)];
    CHECK(run_example("shared_counter", {std::to_string(n)}).out ==
          fmt::format("{} executions, 0 blocked, {} transitions\n", count, 3 * n * count));
  }
}

TEST_CASE("with symmetry, W(n) has one execution for each n! of them") {
  CHECK(run_example("shared_counter", {"6", "symmetry"}).out ==
        "10395 executions, 0 blocked, 187110 transitions\n");
}

TEST_CASE("W(n) is refused for an n that makes no sense") {
  for (const std::vector<std::string>& arguments :
       {std::vector<std::string>{"0"}, {"9"}, {"x"}, {"2", "3"}, {"2", "symmetry", "x"}}) {
    const ProcessResult result = run_example("shared_counter", arguments);
    CHECK(result.exit_status == 2);
    CHECK(result.err == "usage: shared_counter N [symmetry], N from 1 to 8\n");
  }
}

TEST_CASE("two threads that count: half of the traces lose an update") {
  CHECK(run_example("lost_update", {}).out ==
        "2 traces end with a count of 1\n"
        "2 traces end with a count of 2\n"
        "a data race on counter\n");
}

}  // namespace simcheck::test
