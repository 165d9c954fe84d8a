// Published numbers of the programs of the literature. They count Mazurkiewicz traces, so an engine
// that loses executions or repeats some gives others.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <initializer_list>
#include <set>
#include <string>

#include "model/explorer.hpp"
#include "tests/model/literature.hpp"
#include "tests/model/literature_atomics.hpp"
#include "tests/model/trace_oracle.hpp"
#include "tests/support/build.hpp"

namespace simcheck::test {
namespace {

using Build = void (*)(sim::World&, int);

// "8 executions", and what else there is to say.
std::string words(const model::Counts& counts) {
  std::string text = fmt::format("{} executions", counts.executions);
  if (counts.deadlocked != 0) text += fmt::format(", {} deadlocked", counts.deadlocked);
  if (counts.blocked != 0) text += fmt::format(", {} blocked", counts.blocked);
  return text;
}

std::string dpor(Build build, int n) {
  model::Explorer explorer([=](sim::World& world) { build(world, n); }, {}, {.steps_max = 10'000});
  const auto strategy = model::make_dpor(explorer.footprints(), explorer, explorer.fiber_count());
  while (explorer.run_next(*strategy)) continue;
  return words(explorer.counts());
}

// Of each n: "2 5 14". None blocked, none deadlocked.
std::string counts(Build build, std::initializer_list<int> parameters) {
  std::string text;
  for (const int n : parameters) {
    const std::string one = dpor(build, n);
    const auto number = one.substr(0, one.find(' '));
    CHECK(one == number + " executions");
    text += text.empty() ? number : " " + number;
  }
  return text;
}

// How many different traces there are among all interleavings.
std::size_t traces(Build build, int n) {
  model::Explorer explorer([=](sim::World& world) { build(world, n); }, {}, {.steps_max = 10'000});
  Eavesdropper dfs(model::make_dfs());
  std::set<std::vector<std::uint64_t>> found;
  while (explorer.run_next(dfs)) found.insert(canonical(dfs.steps(), explorer.footprints()));
  return found.size();
}

}  // namespace

TEST_CASE("readers: 2^n") {
  CHECK(dpor(readers, 2) == "4 executions");
  CHECK(dpor(readers, 8) == "256 executions");
  CHECK(dpor(readers, 13) == "8192 executions");
}

TEST_CASE("lastzero") {
  CHECK(dpor(lastzero, 5) == "64 executions");
  CHECK(dpor(lastzero, 10) == "3328 executions");
}

TEST_CASE("indexer: nobody meets up to 11 threads") {
  CHECK(dpor(indexer, 11) == "1 executions");
  CHECK(dpor(indexer, 12) == "8 executions");
  CHECK(dpor(indexer, by_build(15, 13)) == by_build("4096 executions", "64 executions"));
}

TEST_CASE("filesystem: nobody meets up to 13 threads") {
  CHECK(dpor(filesystem, 13) == "1 executions");
  CHECK(dpor(filesystem, 14) == "2 executions");
  CHECK(dpor(filesystem, 16) == "8 executions");
  CHECK(dpor(filesystem, 18) == "32 executions");
}

TEST_CASE("floating-read: (n + 1)!") {
  CHECK(dpor(floating_read, 2) == "6 executions");
  CHECK(dpor(floating_read, 3) == "24 executions");
  CHECK(dpor(floating_read, 4) == "120 executions");
  CHECK(dpor(floating_read, 5) == "720 executions");
}

TEST_CASE("example 5 of POPL 2014: five executions, none blocked") {
  CHECK(dpor(popl_example, 0) == "5 executions");
}

TEST_CASE("philosophers: 2^n - 1, one of them the deadlock") {
  CHECK(dpor(philosophers, 2) == "3 executions, 1 deadlocked");
  CHECK(dpor(philosophers, 3) == "7 executions, 1 deadlocked");
  CHECK(dpor(philosophers, 8) == "255 executions, 1 deadlocked");
}

TEST_CASE("atomic additions: n!") { CHECK(dpor(counter, 5) == "120 executions"); }

TEST_CASE("exchanges that fail are reads") {
  CHECK(counts(casrot, {2, 3, 4, 5, 6, 7}) == "2 5 14 43 144 523");
  CHECK(counts(casw, {2, 3, 4}) == "6 66 1200");
  CHECK(counts(cas_lock, {1, 2, 3, 4}) == "4 26 192 1500");
}

TEST_CASE("programs of loads, stores and additions") {
  CHECK(counts(coa, {1, 2, 3, 4}) == "4 15 130 2028");
  CHECK(counts(fib_bench, {1, 2, 3}) == "11 140 1698");
  CHECK(counts(account, {1, 2, 3}) == "4 36 576");
  CHECK(counts(redundant_co, {1, 2, 3, 4}) == "12 90 560 3150");
  CHECK(counts(bias_lock, {1, 2, 3}) == "6 70 924");
}

TEST_CASE("programs whose threads go other ways by what they read") {
  CHECK(counts(control_flow, {1, 2, 3, 4}) == "5 18 90 600");
  CHECK(counts(peterson, {1, 2}) == "310 2420");
  CHECK(counts(bakery, {2, 4, 6}) == "47 133 267");
}

TEST_CASE("small instances have as many traces as executions") {
  CHECK(traces(readers, 3) == 8);
  CHECK(traces(floating_read, 3) == 24);
  CHECK(traces(popl_example, 0) == 5);
  CHECK(traces(philosophers, 2) == 3);
  CHECK(traces(lost_update, 2) == 4);
  CHECK(dpor(lost_update, 2) == "4 executions");
  CHECK(fmt::format("{} executions", traces(lost_update, 3)) == dpor(lost_update, 3));
  CHECK(fmt::format("{} executions", traces(lastzero, 2)) == dpor(lastzero, 2));
}

}  // namespace simcheck::test
