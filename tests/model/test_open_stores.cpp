// Observed equivalence against dfs: what anybody could have seen, in the execution or on the disks
// at its end, is found with fewer executions; and other outcomes are real.
#include "model/open_stores.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "model/archive_types.hpp"
#include "tests/model/drivers_under_check.hpp"
#include "tests/model/random_programs.hpp"

namespace simcheck::test {
namespace {

using enum OpKind;
using model::Equivalence;

struct Seen {
  std::set<std::vector<int>> states;  // all but the final values of variables, which nobody reads
  model::Counts counts;
};

Seen seen(const Program& program, bool reduced, std::uint32_t threads) {
  constexpr std::uint64_t kVariables = 3;
  ProgramState* state = nullptr;
  model::Explorer explorer(
      [&](sim::World& world) { state = &world.make<ProgramState>(world, program, threads); }, {},
      {.steps_max = 1000, .equivalence = reduced ? Equivalence::kObserved : Equivalence::kTrace});
  const auto strategy =
      reduced ? model::make_dpor(explorer.footprints(), explorer, explorer.fiber_count())
              : model::make_dfs();
  Seen result;
  while (explorer.run_next(*strategy)) {
    const std::vector<int> all = state->final_state();
    result.states.emplace(all.begin() + kVariables, all.end());
    if (explorer.counts().executions > kDfsExecutionsMax) break;
  }
  result.counts = explorer.counts();
  return result;
}

void nothing_is_lost(const std::vector<OpKind>& kinds, std::uint32_t threads) {
  const Program program = *rc::gen::resize(rc::kNominalSize, programs(kinds));
  const Seen all = seen(program, false, threads);
  if (all.counts.executions > kDfsExecutionsMax) return;
  const Exploration traces = explore(program, With::kDpor, kDfsExecutionsMax, threads);
  const Seen reduced = seen(program, true, threads);
  RC_LOG() << to_text(program) << "\n";
  RC_ASSERT(reduced.states == all.states);
  RC_ASSERT(reduced.counts.executions <= traces.counts.executions);
  RC_ASSERT(reduced.counts.blocked == 0U);
  RC_ASSERT((reduced.counts.deadlocked != 0U) == (all.counts.deadlocked != 0U));
}

RC_TEST_CASE("stores to variables and disks",
             [] {
               nothing_is_lost({kYield, kRead, kWrite, kDiskWrite, kDiskRead}, 1);
             },
             {.max_success = 400})
RC_TEST_CASE("everything, with one thread",
             [] {
               nothing_is_lost({kYield, kRead, kWrite, kAdd, kBranch, kDiskWrite, kDiskRead, kWait,
                                kWake, kLock, kTryLock, kExchange, kTake, kGive},
                               1);
             },
             {.max_success = 300})
RC_TEST_CASE("everything, with two threads",
             [] {
               nothing_is_lost({kYield, kRead, kWrite, kAdd, kBranch, kDiskWrite, kDiskRead, kWait,
                                kWake, kLock, kTryLock, kExchange, kTake, kGive},
                               2);
             },
             {.max_success = 300})

TEST_CASE("of n stores to one place, only which is last is told") {
  // n! traces; with what each disk shows in the end, n.
  for (int n = 2; n <= 5; ++n) {
    const Program program(static_cast<std::size_t>(n), {{kDiskWrite, 0, 0}});
    const Seen reduced = seen(program, true, 1);
    CHECK(reduced.counts.executions == static_cast<std::uint64_t>(n));
    CHECK(reduced.states.size() == static_cast<std::size_t>(n));
  }
}

TEST_CASE("stores that nobody reads are not ordered at all") {
  const Program program(4, {{kWrite, 0, 0}});
  CHECK(seen(program, true, 1).counts.executions == 1);
}

TEST_CASE("a read that sees unordered stores has them ordered") {
  const Program program{{{kWrite, 0, 0}}, {{kWrite, 0, 0}}, {{kRead, 0, 0}}};
  const Seen reduced = seen(program, true, 1);
  CHECK(reduced.states.size() == 3);
  CHECK(reduced.counts.executions == 6);
}

TEST_CASE("effects that overlap in part are ordered") {
  model::CheckOptions options = options_for("fixed", "write 0 8k, write 4k 8k");
  const model::Counts traces = model::check(options).counts;
  options.equivalence = Equivalence::kObserved;
  CHECK(model::check(options).counts == traces);
}

// (n!)^2 f! traces; where f >= 1 flushes overwrite one superblock, one of f is last.
TEST_CASE("fixed: the order of superblock writes counts by its last one") {
  for (const auto& example : {std::pair{"2*zeroes", 4U},
                              {"2*flush", 8U},
                              {"3*flush", 108U},
                              {"3*flush, zeroes", 1728U},
                              {"4*flush", 2304U}}) {
    const std::string text = example.first;
    CAPTURE(text);
    model::CheckOptions options = options_for("fixed", text);
    options.equivalence = Equivalence::kObserved;
    const model::Counts counts = model::check(options).counts;
    CHECK(counts.executions == example.second);
    CHECK(counts.blocked == 0);
  }
}

TEST_CASE("the same properties fail as under trace equivalence, and the violations replay") {
  for (const char* const driver : {"buggy", "fixed", "mutex-v1", "mutex-v2", "serialized"}) {
    for (const char* const text : {"2*zeroes", "2*flush, zeroes", "write, flush ; zeroes"}) {
      CAPTURE(driver);
      CAPTURE(text);
      model::CheckOptions options = options_for(driver, text);
      const model::Result traces = model::check(options);
      options.equivalence = Equivalence::kObserved;
      const model::Result observed = model::check(options);
      for (std::size_t p = 0; p < traces.properties.size(); ++p) {
        CHECK(traces.properties[p].verdict == observed.properties[p].verdict);
      }
      for (const model::Counterexample& example : observed.counterexamples) {
        options.strategy = model::StrategyKind::kReplay;
        options.schedule = example.schedule;
        const model::Result replayed = model::check(options);
        CHECK(replayed.verdict == model::Verdict::kViolated);
        options.strategy = model::StrategyKind::kDpor;
      }
    }
  }
}

// 2^40 outcomes: they are told one after the other, so that limits hold.
TEST_CASE("an execution that stands for more outcomes than anybody waits for can be left") {
  constexpr std::uint32_t kPlaces = 40;
  model::Explorer explorer(
      [](sim::World& world) {
        sim::Disk& disk = world.make<sim::Disk>(world, "disk", kPlaces * 512);
        for (const char* const name : {"A", "B"}) {
          world.spawn(name, [&disk] {
            for (std::uint32_t i = 0; i < kPlaces; ++i)
              disk.write(i * 512, sim::Payload::filled(std::byte{1}, 512));
          });
        }
      },
      {}, {.steps_max = 1000, .equivalence = Equivalence::kObserved});
  const auto strategy = model::make_dpor(explorer.footprints(), explorer, explorer.fiber_count());
  for (int i = 0; i < 10; ++i) REQUIRE(explorer.run_next(*strategy));
  CHECK(explorer.counts().executions == 10);
}

TEST_CASE("outcomes that were not told yet are in a saved state") {
  const Program program(2, {{kDiskWrite, 0, 0}, {kDiskWrite, 1, 0}, {kDiskWrite, 2, 0}});
  const auto build = [&](sim::World& world) { world.make<ProgramState>(world, program, 1U); };
  const model::ExplorerOptions options{.steps_max = 1000, .equivalence = Equivalence::kObserved};
  const auto whole = seen(program, true, 1).counts.executions;
  REQUIRE(whole > 4);
  for (std::uint64_t first = 1; first < whole; ++first) {
    std::string bytes;
    {
      model::Explorer explorer(build, {}, options);
      const auto strategy =
          model::make_dpor(explorer.footprints(), explorer, explorer.fiber_count());
      for (std::uint64_t i = 0; i < first; ++i) REQUIRE(explorer.run_next(*strategy));
      model::Archive archive;
      explorer.save_or_load(archive, *strategy);
      bytes = archive.take_bytes();
    }
    model::Explorer explorer(build, {}, options);
    const auto strategy = model::make_dpor(explorer.footprints(), explorer, explorer.fiber_count());
    model::Archive archive(bytes);
    explorer.save_or_load(archive, *strategy);
    while (explorer.run_next(*strategy)) {
    }
    CHECK(explorer.counts().executions == whole);
  }
}

}  // namespace
}  // namespace simcheck::test
