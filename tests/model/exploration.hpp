// Explores a small program and gathers what can be compared between strategies.
#pragma once

#include <cstdint>
#include <set>
#include <vector>

#include "model/explorer.hpp"
#include "tests/model/random_program.hpp"

namespace simcheck::test {

struct Exploration {
  std::set<std::vector<int>> final_states;
  std::set<std::vector<std::uint64_t>> traces;     // canonical forms of the complete executions
  std::set<std::vector<std::uint64_t>> deadlocks;  // of these, the deadlocked ones
  std::set<std::vector<std::uint32_t>> races;      // the sets of objects that were raced for
  model::Counts counts;
  bool cut = false;  // more executions than were asked for
};

enum class With { kDfs, kDpor };

/// Every execution that the strategy finds, or somewhat more than `executions_max` of them.
Exploration explore(const Program& program, With with, std::uint64_t executions_max,
                    std::uint32_t threads = 1,
                    model::Backtracking backtracking = model::Backtracking::kCheckpoints);

}  // namespace simcheck::test
