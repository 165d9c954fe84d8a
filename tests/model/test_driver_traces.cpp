// dpor against dfs on the real drivers: one execution per Mazurkiewicz trace, none blocked, for
// generations whose footprints depend on the state and for deadlocked executions too.
#include <doctest/doctest.h>

#include <set>
#include <vector>

#include "model/block_scenario.hpp"
#include "model/explorer.hpp"
#include "tests/model/drivers_under_check.hpp"
#include "tests/model/trace_oracle.hpp"
#include "tests/support/build.hpp"

namespace simcheck::test {
namespace {

struct Traces {
  std::set<std::vector<std::uint64_t>> distinct;
  model::Counts counts;
};

Traces traces(std::string_view driver, const std::string& text, bool reduce) {
  const model::BlockScenario scenario{.workload = workload(text),
                                      .make_device = device(driver),
                                      .make_filter = {},
                                      .symmetry = false};
  model::Explorer explorer([&](sim::World& world) { build(scenario, world); }, {},
                           {.steps_max = 1000});
  Eavesdropper strategy(
      reduce ? model::make_dpor(explorer.footprints(), explorer, explorer.fiber_count())
             : model::make_dfs());
  Traces result;
  while (explorer.run_next(strategy)) {
    if (strategy.started_over()) result.distinct.clear();
    result.distinct.insert(canonical(strategy.steps(), explorer.footprints()));
  }
  result.counts = explorer.counts();
  return result;
}

TEST_CASE("one execution per trace") {
  for (const char* const driver : {"buggy", "fixed", "mutex-v1", "mutex-v2", "serialized"}) {
    for (const char* const text :
         {"zeroes, write", "zeroes, flush", by_build("2*flush", "flush")}) {
      CAPTURE(driver);
      CAPTURE(text);
      const Traces all = traces(driver, text, false);
      const Traces reduced = traces(driver, text, true);
      CHECK(reduced.counts.executions == all.distinct.size());
      CHECK(reduced.distinct.size() == all.distinct.size());
      CHECK(reduced.counts.blocked == 0);
    }
  }
}

}  // namespace
}  // namespace simcheck::test
