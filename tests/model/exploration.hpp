// Explores a small program and gathers what can be compared between strategies.
#pragma once

#include <cstdint>
#include <memory>
#include <set>
#include <vector>

#include "model/explorer.hpp"
#include "tests/model/random_program.hpp"
#include "tests/model/trace_oracle.hpp"

namespace simcheck::test {

struct Exploration {
  std::set<std::vector<int>> final_states;
  std::set<std::vector<std::uint64_t>> traces;  // canonical forms of the complete executions
  model::Counts counts;
  bool cut = false;  // more executions than were asked for
};

enum class With { kDfs, kDpor };

using Backtracking = model::Explorer::Backtracking;

inline Exploration explore(const Program& program, With with, std::uint64_t executions_max,
                           Backtracking backtracking = Backtracking::kCheckpoints) {
  ProgramState* state = nullptr;
  model::Explorer explorer(
      [&](sim::World& world) { state = &world.make<ProgramState>(world, program); }, {},
      {.steps_max = 1000, .backtracking = backtracking});
  Eavesdropper strategy(with == With::kDfs ? model::make_dfs()
                                           : model::make_dpor(explorer.footprints(), explorer,
                                                              explorer.fiber_count()));
  Exploration result;
  while (const auto outcome = explorer.run_next(strategy)) {
    if (strategy.started_over()) result.traces.clear();
    if (*outcome == model::Explorer::Outcome::kBlocked) continue;
    result.final_states.insert(state->final_state());
    result.traces.insert(canonical(strategy.steps(), explorer.footprints()));
    if (explorer.counts().executions > executions_max) {
      result.cut = true;
      break;
    }
  }
  result.counts = explorer.counts();
  return result;
}

}  // namespace simcheck::test
