// A power cut that may come at any step takes nothing away from what dpor finds: neither of the
// executions that come to their end, nor of what was told before a cut.
#include <doctest/doctest.h>

#include <set>
#include <vector>

#include "tests/model/random_programs.hpp"

namespace simcheck::test {
namespace {

using enum OpKind;

struct Found {
  std::set<std::vector<int>> ends;              // final states of executions that nothing cut short
  std::set<std::multiset<std::uint64_t>> told;  // when the power was cut
  bool cut = false;                             // more executions than were asked for
};

Found explore_with_cuts(const Program& program, With with, std::uint32_t threads) {
  ProgramState* state = nullptr;
  model::Explorer explorer(
      [&](sim::World& world) {
        state = &world.make<ProgramState>(world, program, threads, true);
        world.add_power_cut(bit_of(sim::EventKind::kDataPlaced));
      },
      {}, {.steps_max = 1000});
  const auto strategy = with == With::kDfs ? model::make_dfs()
                                           : model::make_dpor(explorer.footprints(), explorer,
                                                              explorer.fiber_count());
  Found found;
  while (const auto outcome = explorer.run_next(*strategy)) {
    if (*outcome == model::Explorer::Outcome::kBlocked) continue;
    const sim::History history = explorer.world().history();
    std::multiset<std::uint64_t> told;
    for (const sim::Event& event : history.events) told.insert(event.sector);
    found.told.insert(std::move(told));
    if (!explorer.world().was_cut_short()) {
      std::vector<int> end = state->final_state();
      end.push_back(explorer.deadlocked() ? 1 : 0);
      found.ends.insert(std::move(end));
    }
    if (explorer.counts().executions <= kDfsExecutionsMax) continue;
    found.cut = true;
    break;
  }
  return found;
}

void a_cut_takes_nothing_away(const std::vector<OpKind>& kinds, ProgramSize size) {
  const Program program = *rc::gen::resize(rc::kNominalSize, programs(kinds, size));
  const Found all = explore_with_cuts(program, With::kDfs, size.threads);
  if (all.cut) return;  // too large to enumerate; RapidCheck tries another
  const Found reduced = explore_with_cuts(program, With::kDpor, size.threads);
  RC_LOG() << to_text(program) << "\n";
  RC_ASSERT(reduced.ends == all.ends);
  RC_ASSERT(reduced.told == all.told);
}

RC_TEST_CASE("waits, locks and lost wake-ups",
             [] {
               a_cut_takes_nothing_away({kYield, kRead, kAdd, kWait, kWake, kLock, kTryLock},
                                        {.fibers_max = 3, .ops_max = 3});
             },
             {.max_success = 1000})
RC_TEST_CASE("two threads",
             [] {
               a_cut_takes_nothing_away({kYield, kRead, kWrite, kAdd, kLock},
                                        {.fibers_max = 3, .ops_max = 2, .threads = 2});
             },
             {.max_success = 1000})

}  // namespace
}  // namespace simcheck::test
