// A program of fibers and shared variables, without any disk: W(n), the yardstick of
// docs/strategies.md. `shared_counter N` (1 to 8) prints how many executions it has.
#include <fmt/format.h>

#include <cstdlib>

#include "model/explorer.hpp"
#include "sim/sim.hpp"

using namespace simcheck;

struct Counters {
  explicit Counters(sim::World& world) : cur(world, "cur", 1), nr(world, "nr") {}
  sim::Shared<int> cur, nr;
};

void build(sim::World& world, int fibers) {
  auto& shared = world.make<Counters>(world);
  for (int i = 0; i < fibers; ++i) {
    world.spawn(fmt::format("fiber {}", i), [&world, &shared] {
      int own = 1;  // nobody else sees it
      world.yield();
      own = shared.cur++;
      ++shared.nr;
      world.yield();
      own = shared.cur;
      shared.cur = own + 8;
    });
  }
}

int main(int argc, char** argv) {
  const int fibers = argc == 2 ? std::atoi(argv[1]) : 0;
  if (fibers < 1 || fibers > 8) return fmt::print(stderr, "usage: shared_counter N, 1 to 8\n"), 2;
  model::Explorer explorer([&](sim::World& world) { build(world, fibers); });
  const auto dpor = model::make_dpor(explorer.footprints(), explorer, explorer.fiber_count());
  while (explorer.run_next(*dpor)) continue;
  fmt::print("{} executions, {} blocked, {} transitions\n", explorer.counts().executions,
             explorer.counts().blocked, explorer.counts().transitions);
}
