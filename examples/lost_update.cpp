// Two threads that count. Each `++` is a load and a store, and between the two the other thread can
// come. `lost_update` prints how many traces there are, and how many of them end with which count.
#include <fmt/format.h>

#include <map>

#include "model/explorer.hpp"
#include "sim/sim.hpp"

using namespace simcheck;

int main() {
  sim::Shared<int>* counter = nullptr;
  const auto build = [&counter](sim::World& world) {
    counter = &world.make<sim::Shared<int>>(world, "counter");
    for (const std::uint32_t thread : {0U, 1U}) {
      world.spawn(fmt::format("thread {}", thread), [count = counter] { ++*count; },
                  {.thread = sim::ThreadId{thread}});
    }
  };
  model::Explorer explorer(build);
  const auto dpor = model::make_dpor(explorer.footprints(), explorer, explorer.fiber_count());
  std::map<int, int> traces;
  bool raced = false;
  while (explorer.run_next(*dpor)) {
    ++traces[counter->peek()];
    raced |= !explorer.world().history().races.empty();
  }
  for (const auto& [count, how_many] : traces) {
    fmt::print("{} traces end with a count of {}\n", how_many, count);
  }
  fmt::print("{}\n", raced ? "a data race on counter" : "no data race");
}
