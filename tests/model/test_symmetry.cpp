// Symmetry against the oracle: the orbits of all traces that dfs finds, computed by renaming.
#include "model/symmetry.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <numeric>
#include <set>
#include <vector>

#include "model/explorer.hpp"
#include "tests/model/random_program.hpp"
#include "tests/model/random_programs.hpp"
#include "tests/model/trace_oracle.hpp"
#include "tests/support/build.hpp"
#include "tests/support/rapidcheck.hpp"

using namespace simcheck;
using namespace simcheck::test;

namespace {

using Names = std::vector<std::uint32_t>;  // by fiber

// The order that symmetry adds is carried by enabling objects behind those of wake-ups.
bool is_added(const sim::Access& access) {
  return sim::is_enabling(access.object) &&
         sim::index_of(access.object) >= (sim::kEnablingBit | sim::kFibersMax);
}

bool dependent(const model::Transition& a, const model::Transition& b,
               const model::FootprintTable& footprints) {
  if (a.fiber == b.fiber) return true;
  for (const sim::Access& x : footprints.accesses(a.footprint)) {
    for (const sim::Access& y : footprints.accesses(b.footprint)) {
      if (!is_added(x) && sim::conflict(x, y)) return true;
    }
  }
  return false;
}

// The least linearization of a trace under other names. Since programs are deterministic, the
// fibers of its steps tell it apart from all others.
Names linearization(const std::vector<model::Transition>& steps,
                    const model::FootprintTable& footprints, const Names& names) {
  Names result;
  std::vector<bool> taken(steps.size());
  const auto name = [&](std::size_t i) { return names[sim::index_of(steps[i].fiber)]; };
  while (result.size() < steps.size()) {
    std::size_t best = steps.size();
    for (std::size_t i = 0; i < steps.size(); ++i) {
      if (taken[i] || (best < steps.size() && name(best) <= name(i))) continue;
      bool minimal = true;
      for (std::size_t j = 0; j < i && minimal; ++j) {
        minimal = taken[j] || !dependent(steps[j], steps[i], footprints);
      }
      if (minimal) best = i;
    }
    taken[best] = true;
    result.push_back(name(best));
  }
  return result;
}

// What is left of a trace when the first `alike` fibers have no names.
Names orbit(const std::vector<model::Transition>& steps, const model::FootprintTable& footprints,
            std::size_t fibers, std::size_t alike) {
  Names names(fibers);
  std::iota(names.begin(), names.end(), 0U);
  Names least;
  do {
    Names one = linearization(steps, footprints, names);
    if (least.empty() || one < least) least = std::move(one);
  } while (std::next_permutation(names.begin(), names.begin() + static_cast<long>(alike)));
  return least;
}

struct Orbits {
  std::set<Names> orbits;
  model::Counts counts;
  bool cut = false;
};

Orbits explore_orbits(const Program& program, With with, std::uint32_t alike, bool symmetry,
                      std::uint32_t threads = 1) {
  model::Explorer explorer(
      [&](sim::World& world) {
        world.make<ProgramState>(world, program, threads, false, symmetry ? alike : 0);
      },
      {}, {.steps_max = 1000});
  Eavesdropper strategy(with == With::kDfs ? model::make_dfs()
                                           : model::make_dpor(explorer.footprints(), explorer,
                                                              explorer.fiber_count()));
  Orbits result;
  while (const auto outcome = explorer.run_next(strategy)) {
    if (strategy.started_over()) result.orbits.clear();
    if (*outcome == model::Explorer::Outcome::kBlocked) continue;
    result.orbits.insert(orbit(strategy.steps(), explorer.footprints(), program.size(), alike));
    result.cut = explorer.counts().executions > kDfsExecutionsMax;
    if (result.cut) break;
  }
  result.counts = explorer.counts();
  return result;
}

// Fibers that run equal code, and at most one that does not.
Program alike_program(const std::vector<OpKind>& kinds, std::uint32_t alike) {
  Program program =
      *rc::gen::resize(rc::kNominalSize, programs(kinds, {.fibers_max = 2, .ops_max = 3}));
  const auto other = program.back();
  program.assign(alike, program.front());
  if (*rc::gen::arbitrary<bool>()) program.push_back(other);
  return program;
}

void one_of_each_orbit(const std::vector<OpKind>& kinds, std::uint32_t alike,
                       std::uint32_t threads = 1) {
  const Program program = alike_program(kinds, alike);
  const Orbits all = explore_orbits(program, With::kDfs, alike, false, threads);
  if (all.cut) return;  // too large to enumerate; RapidCheck tries another
  RC_LOG() << to_text(program) << "\n";
  const Orbits whole = explore_orbits(program, With::kDpor, alike, false, threads);
  const Orbits reduced = explore_orbits(program, With::kDpor, alike, true, threads);
  const Orbits ordered = explore_orbits(program, With::kDfs, alike, true, threads);
  RC_ASSERT(whole.orbits == all.orbits);
  RC_ASSERT(reduced.orbits == all.orbits);
  RC_ASSERT(ordered.orbits == all.orbits);
  RC_ASSERT(reduced.counts.executions <= whole.counts.executions);
}

}  // namespace

RC_TEST_CASE("of random programs with fibers to exchange, every orbit is explored", [] {
  one_of_each_orbit({OpKind::kYield, OpKind::kRead, OpKind::kWrite, OpKind::kAdd,
                     OpKind::kDiskWrite, OpKind::kDiskRead, OpKind::kWait, OpKind::kWake},
                    2);
})

RC_TEST_CASE("with three of them", [] {
  one_of_each_orbit({OpKind::kYield, OpKind::kRead, OpKind::kAdd, OpKind::kDiskWrite}, 3);
})

RC_TEST_CASE("with footprints that depend on the state, and locks held over yields", [] {
  one_of_each_orbit({OpKind::kYield, OpKind::kAdd, OpKind::kBranch, OpKind::kLock, OpKind::kTryLock,
                     OpKind::kExchange, OpKind::kWait, OpKind::kWake},
                    2);
})

RC_TEST_CASE("with a thread for each fiber", [] {
  one_of_each_orbit({OpKind::kRead, OpKind::kWrite, OpKind::kAdd, OpKind::kExchange, OpKind::kLock,
                     OpKind::kTryLock, OpKind::kWait, OpKind::kWake},
                    2, 3);
})

// Each of (2n)!/2^n traces of W(n) has n! namings.
TEST_CASE("W(n) has exactly one execution for each orbit") {
  using enum OpKind;
  const std::vector<Op> fiber{{kYield}, {kAdd, 0}, {kAdd, 1}, {kYield}, {kAdd, 0}};
  const std::vector<std::uint64_t> expected{1, 1, 3, 15, 105, 945};
  for (std::uint32_t n = 1; n <= by_build(5U, 4U); ++n) {
    CAPTURE(n);
    const Orbits w = explore_orbits(Program(n, fiber), With::kDpor, n, true);
    CHECK(w.counts.executions == expected[n]);
    CHECK(w.counts.blocked == 0);
    CHECK(w.orbits.size() == expected[n]);
  }
}

TEST_CASE("the fibers of a class are ordered where all of them meet") {
  using enum OpKind;
  const std::vector<Op> fiber{{kRead, 2}, {kYield}, {kAdd, 0}};
  const auto orders = model::symmetry_orders(
      [&](sim::World& world) {
        static const Program program(3, fiber);
        world.make<ProgramState>(world, program, 1U, false, 3U);
      },
      100);
  REQUIRE(orders.size() == 2);
  CHECK(orders[0].earlier == sim::TransitionName{sim::FiberId{0}, 2});
  CHECK(orders[0].later == sim::TransitionName{sim::FiberId{1}, 2});
  CHECK(orders[1].later == sim::TransitionName{sim::FiberId{2}, 2});
}

TEST_CASE("fibers that nobody declared alike are not ordered") {
  const Program program(2, {{OpKind::kAdd, 0}});
  CHECK(model::symmetry_orders([&](sim::World& world) { world.make<ProgramState>(world, program); },
                               100)
            .empty());
}
