// RapidCheck's side of random_program.hpp: programs at random, and what must hold of each.
#pragma once

#include <vector>

#include "tests/model/exploration.hpp"
#include "tests/support/rapidcheck.hpp"

namespace simcheck::test {

inline constexpr std::uint64_t kDfsExecutionsMax = 5000;

struct ProgramSize {
  std::size_t fibers_max = 3;  ///< at least 2
  std::size_t ops_max = 4;     ///< of a fiber; at least 1
  std::uint32_t threads = 1;
};

rc::Gen<Op> ops(std::vector<OpKind> kinds);
rc::Gen<Program> programs(std::vector<OpKind> kinds, ProgramSize size = {});

/// dpor runs exactly one execution for each trace that dfs finds, and ends where dfs does.
void one_execution_per_trace(const std::vector<OpKind>& kinds, ProgramSize size = {});

}  // namespace simcheck::test
