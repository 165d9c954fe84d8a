#include "tests/model/exploration.hpp"

#include <algorithm>

#include "tests/model/trace_oracle.hpp"

namespace simcheck::test {
namespace {

std::vector<std::uint32_t> raced_for(const sim::World& world) {
  std::vector<std::uint32_t> objects;
  const sim::History history = world.history();
  for (const sim::DataRace& race : history.races) objects.push_back(sim::index_of(race.object));
  std::ranges::sort(objects);
  return objects;
}

}  // namespace

Exploration explore(const Program& program, With with, std::uint64_t executions_max,
                    std::uint32_t threads, model::Backtracking backtracking) {
  ProgramState* state = nullptr;
  model::Explorer explorer(
      [&](sim::World& world) { state = &world.make<ProgramState>(world, program, threads); }, {},
      {.steps_max = 1000, .backtracking = backtracking});
  Eavesdropper strategy(with == With::kDfs ? model::make_dfs()
                                           : model::make_dpor(explorer.footprints(), explorer,
                                                              explorer.fiber_count()));
  Exploration result;
  while (const auto outcome = explorer.run_next(strategy)) {
    if (strategy.started_over()) result.traces.clear(), result.deadlocks.clear();
    if (*outcome == model::Explorer::Outcome::kBlocked) continue;
    result.final_states.insert(state->final_state());
    const auto trace = canonical(strategy.steps(), explorer.footprints());
    result.traces.insert(trace);
    if (explorer.deadlocked()) result.deadlocks.insert(trace);
    result.races.insert(raced_for(explorer.world()));
    if (explorer.counts().executions > executions_max) {
      result.cut = true;
      break;
    }
  }
  result.counts = explorer.counts();
  return result;
}

}  // namespace simcheck::test
