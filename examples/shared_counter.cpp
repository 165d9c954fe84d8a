// A program of fibers and shared variables, without any disk: W(n), the yardstick of
// docs/strategies.md. `shared_counter N` (1 to 8) prints how many executions it has, and
// `shared_counter N symmetry` how many if fibers that can be exchanged are not told apart.
#include <fmt/format.h>

#include <cstdlib>
#include <string_view>

#include "model/explorer.hpp"
#include "sim/sim.hpp"

using namespace simcheck;

struct Counters {
  explicit Counters(sim::World& world) : cur(world, "cur", 1), nr(world, "nr") {}
  sim::Shared<int> cur, nr;
};

void build(sim::World& world, int fibers, bool symmetry) {
  auto& shared = world.make<Counters>(world);
  const sim::SpawnOptions options{.symmetry_class = symmetry ? 1U : 0U};
  for (int i = 0; i < fibers; ++i) {
    const auto body = [&world, &shared] {
      int own = 1;  // nobody else sees it
      world.yield();
      own = shared.cur++;
      ++shared.nr;
      world.yield();
      own = shared.cur;
      shared.cur = own + 8;
    };
    world.spawn(fmt::format("fiber {}", i), body, options);
  }
}

int main(int argc, char** argv) {
  const int fibers = argc >= 2 ? std::atoi(argv[1]) : 0;
  const bool symmetry = argc == 3 && argv[2] == std::string_view("symmetry");
  if (fibers < 1 || fibers > 8 || argc > (symmetry ? 3 : 2))
    return fmt::print(stderr, "usage: shared_counter N [symmetry], N from 1 to 8\n"), 2;
  model::Explorer explorer([&](sim::World& world) { build(world, fibers, symmetry); });
  const auto dpor = model::make_dpor(explorer.footprints(), explorer, explorer.fiber_count());
  while (explorer.run_next(*dpor)) continue;
  fmt::print("{} executions, {} blocked, {} transitions\n", explorer.counts().executions,
             explorer.counts().blocked, explorer.counts().transitions);
}
