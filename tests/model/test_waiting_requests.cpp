// '>' in a workload: what comes behind waits for one request alone, in explorations as in
// simulations.
#include <doctest/doctest.h>

#include <string>
#include <variant>

#include "drivers/generations.hpp"
#include "model/block_scenario.hpp"
#include "model/check.hpp"
#include "model/workload_parser.hpp"
#include "model/workload_windows.hpp"
#include "properties/all.hpp"

namespace simcheck::test {
namespace {

model::Workload workload_of(const std::string& text) {
  return std::get<model::Workload>(model::parse_workload(text));
}

model::MakeDevice driver_named(std::string_view name) {
  for (const auto& info : drivers::all_drivers()) {
    if (info.name != name) continue;
    return [&info](sim::World& world, sim::BlockDevice& data,
                   sim::BlockDevice& log) -> sim::BlockDevice& {
      return info.make(world, data, log, {});
    };
  }
  return {};
}

model::Result check(const char* driver, const char* text, model::StrategyKind strategy) {
  model::CheckOptions options;
  options.make_device = driver_named(driver);
  options.workloads = {workload_of(text)};
  options.strategy = strategy;
  for (const auto& info : properties::all_properties())
    if (info.by_default) options.properties.push_back(info.make());
  return model::check(options);
}

}  // namespace

TEST_CASE("texts with '>' are read, printed and read again") {
  for (const char* text : {"write 0 4k > flush", "write 0 4k, zeroes 8k 4k > flush, flush ; flush",
                           "flush > flush > flush"}) {
    const model::Workload workload = workload_of(text);
    CHECK(model::to_text(workload) == text);
    CHECK(workload_of(model::to_text(workload)) == workload);
  }
  CHECK(workload_of("write > flush").stages[0][0].waits);
  const auto error = model::parse_workload("2*write > flush");
  REQUIRE(std::holds_alternative<model::WorkloadError>(error));
  CHECK(std::get<model::WorkloadError>(error).message ==
        "column 9: '>' waits for one request; write out the one that it waits for");
}

TEST_CASE("windows keep what waits within them") {
  const auto windows = model::windows(workload_of("write 0 4k, flush > flush, write 8k 4k"), 2);
  REQUIRE(windows.size() == 3);
  CHECK(model::to_text(windows[0]) == "write 0 4k, flush");
  CHECK(model::to_text(windows[1]) == "flush > flush");
  for (const auto& window : windows) CHECK(workload_of(model::to_text(window)) == window);
}

// C can start once B is over, whether A is or not.
TEST_CASE("a request starts when the one that it waits for is acknowledged, and not before") {
  sim::World world;
  const model::BlockScenario scenario{.workload = workload_of("write 0 4k, flush > discard 8k 4k"),
                                      .make_device = driver_named("fixed")};
  build(scenario, world);
  const sim::FiberId a{0}, b{1}, c{2};
  CHECK(world.enabled() == (sim::bit_of(a) | sim::bit_of(b)));
  while (sim::contains(world.unfinished(), b)) {
    CHECK_FALSE(sim::contains(world.enabled(), c));
    world.run(b);
  }
  CHECK(world.enabled() == (sim::bit_of(a) | sim::bit_of(c)));
  while (world.enabled() != 0) world.run(sim::first_of(world.enabled()));
  CHECK(world.unfinished() == 0);
}

TEST_CASE("dpor agrees with dfs, and every order in between is there") {
  using Kind = model::StrategyKind;
  for (const char* driver : {"fixed", "buggy", "serialized"}) {
    for (const char* text : {"write > flush", "write, write > write", "zeroes, write > write"}) {
      CAPTURE(driver);
      CAPTURE(text);
      const model::Result fast = check(driver, text, Kind::kDpor);
      const model::Result slow = check(driver, text, Kind::kDfs);
      for (std::size_t p = 0; p < fast.properties.size(); ++p) {
        CAPTURE(fast.properties[p].name);
        CHECK(fast.properties[p].verdict == slow.properties[p].verdict);
      }
      CHECK(fast.counts.executions <= slow.counts.executions);
    }
  }
}

}  // namespace simcheck::test
