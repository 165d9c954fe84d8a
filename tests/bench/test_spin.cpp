// The models that SPIN is measured with are the programs that simcheck is measured with: told
// apart, SPIN's final states are as many as simcheck's executions.
#include <doctest/doctest.h>

#include <regex>
#include <string>
#include <vector>

#include "tests/bench/spin_model.hpp"
#include "tests/support/contains.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/process.hpp"

namespace simcheck::test {
namespace {

unsigned long executions(const std::vector<std::string>& command) {
  const ProcessResult result = run_process(command);
  std::smatch match;
  const std::regex count("([0-9]+) executions?\\b");
  REQUIRE_MESSAGE(std::regex_search(result.out, match, count), result.out, result.err);
  return std::stoul(match[1]);
}

unsigned long executions_of_fixed(const std::string& workload, const std::string& interval) {
  return executions({simcheck_command(), "--workload", workload, "--symmetry", "off",
                     "--log-super-update-interval", interval});
}

// All traces told apart.
unsigned long traces(const std::string& model, std::vector<std::string> options,
                     const std::vector<std::string>& compile_options = {}) {
  options.insert(options.end(), {"-DHISTORY", "-DCOUNT"});
  const SpinResult result = run_spin({model, options, compile_options});
  CHECK(result.errors == 0);
  REQUIRE_MESSAGE(result.final_states.has_value(), result.out);
  return *result.final_states;
}

}  // namespace

TEST_CASE("W(3) has 6! / 2^3 traces for SPIN and simcheck, with and without SPIN's reduction") {
  const std::string counter = build_dir() / "examples/shared_counter";
  CHECK(executions({counter, "3"}) == 90);
  CHECK(traces("shared_counter", {"-DN=3"}) == 90);
  CHECK(traces("shared_counter", {"-DN=3"}, {"-DNOREDUCE"}) == 90);
}

TEST_CASE("W(3) ends in one state if SPIN may merge") {
  const SpinResult result = run_spin({"shared_counter", {"-DN=3", "-DCOUNT"}, {}});
  CHECK(result.errors == 0);
  CHECK(result.final_states == 1);
}

TEST_CASE("the driver fixed has as many traces for SPIN as for simcheck") {
  CHECK(executions_of_fixed("3*zeroes", "4096") == 36);
  CHECK(traces("fixed", {"-DN=3"}) == 36);
  CHECK(traces("fixed", {"-DN=3"}, {"-DNOREDUCE"}) == 36);
}

TEST_CASE("also with superblock updates, by flushes and by the interval") {
  CHECK(traces("fixed", {"-DN=3", "-DFLUSHES=2"}) ==
        executions_of_fixed("zeroes, 2*flush", "4096"));
  CHECK(traces("fixed", {"-DN=3", "-DINTERVAL=2"}) == executions_of_fixed("3*zeroes", "2"));
}

TEST_CASE("SPIN finds the overlap in the driver before the fix, and none after") {
  const SpinResult buggy = run_spin({"fixed", {"-DN=2", "-DBUGGY"}, {}});
  CHECK(buggy.errors == 1);
  CHECK(contains(buggy.out, "assertion violated"));
  const SpinResult fixed = run_spin({"fixed", {"-DN=2"}, {}});
  CHECK(fixed.errors == 0);
  CHECK(!contains(fixed.out, "assertion violated"));
}

}  // namespace simcheck::test
