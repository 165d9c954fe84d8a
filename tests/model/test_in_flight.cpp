// Of a stage at most so many requests are in flight, and the next one starts when one is done.
#include <doctest/doctest.h>

#include <algorithm>
#include <bit>
#include <string>
#include <string_view>
#include <variant>

#include "drivers/generations.hpp"
#include "model/block_scenario.hpp"
#include "model/check.hpp"
#include "model/workload_parser.hpp"
#include "model/workload_windows.hpp"
#include "properties/all.hpp"
#include "sim/random.hpp"
#include "tests/support/build.hpp"

namespace simcheck::test {
namespace {

model::Workload workload_of(const std::string& text) {
  return std::get<model::Workload>(model::parse_workload(text));
}

model::MakeDevice driver_named(std::string_view name) {
  const auto all = drivers::all_drivers();
  const auto info = std::ranges::find(all, name, &drivers::DriverInfo::name);
  return [info](sim::World& world, sim::BlockDevice& data,
                sim::BlockDevice& log) -> sim::BlockDevice& {
    return info->make(world, data, log, {});
  };
}

model::CheckOptions options_of(const char* text, std::uint32_t in_flight_max) {
  model::CheckOptions options;
  options.make_device = driver_named("serialized");
  options.workloads = {workload_of(text)};
  options.in_flight_max = in_flight_max;
  for (const auto& info : properties::all_properties())
    if (info.by_default) options.properties.push_back(info.make());
  return options;
}

// The most that were in flight at once in one execution, drawn at random.
int most_in_flight(const model::BlockScenario& scenario, std::uint64_t seed) {
  sim::World world;
  build(scenario, world);
  sim::Random random(seed);
  while (world.enabled() != 0) {
    sim::FiberSet enabled = world.enabled();
    for (auto skip = random.below(static_cast<std::uint64_t>(std::popcount(enabled))); skip > 0;
         --skip)
      enabled &= enabled - 1;
    world.run(sim::first_of(enabled));
  }
  CHECK(world.unfinished() == 0);
  int now = 0, most = 0;
  for (const sim::Event& event : world.history().events) {
    if (event.kind == sim::EventKind::kSubmitted) most = std::max(most, ++now);
    if (event.kind == sim::EventKind::kAcknowledged) --now;
  }
  CHECK(now == 0);
  return most;
}

}  // namespace

TEST_CASE("never more than allowed are in flight, and so many at some time") {
  for (const std::uint32_t most : {1U, 2U, 5U}) {
    const model::BlockScenario scenario{.workload = workload_of("20*write ; 3*flush"),
                                        .make_device = driver_named("fixed"),
                                        .in_flight_max = most};
    for (std::uint64_t seed = 0; seed < 20; ++seed)
      CHECK(most_in_flight(scenario, seed) == static_cast<int>(most));
  }
}

// The traces that sampling meets are told apart by what conflicts, however they were found.
TEST_CASE("dpor finds every trace that sampling meets, once") {
  struct Case {
    const char* text;
    std::uint32_t in_flight_max;
  };
  for (const Case& traces : {Case{"3*write", 2}, Case{"zeroes, write, flush", 2},
                             Case{"zeroes, write > write", 0}, Case{"write, flush > write", 0}}) {
    CAPTURE(std::string(traces.text));
    model::CheckOptions options = options_of(traces.text, traces.in_flight_max);
    options.equivalence = model::Equivalence::kTrace;
    options.symmetry = false;
    const model::Result all = model::check(options);
    CHECK(all.verdict == model::Verdict::kHolds);
    options.strategy = model::StrategyKind::kRandom;
    options.sampling.samples = by_build(20'000, 8'000);
    const model::Result sampled = model::check(options);
    REQUIRE(sampled.sampling);
    CHECK(sampled.sampling->sampled.distinct_traces == all.counts.executions);
  }
}

TEST_CASE("pieces of a list overlap, and cover it") {
  const auto texts = [](const char* text, std::uint32_t size, std::uint32_t overlap) {
    std::string all;
    for (const model::Workload& piece : model::pieces(workload_of(text), size, overlap))
      all += (all.empty() ? "" : " | ") + std::to_string(piece.size());
    return all;
  };
  CHECK(texts("5*write", 5, 2) == "5");
  CHECK(texts("5*write", 9, 2) == "5");
  CHECK(texts("6*write", 5, 2) == "5 | 3");
  CHECK(texts("9*write", 5, 2) == "5 | 5 | 3");
  CHECK(texts("8*write", 5, 2) == "5 | 5");
  CHECK(model::to_text(model::pieces(workload_of("write 0 1 ; write 1 1, write 2 1"), 2, 1)[1]) ==
        "write 1 1, write 2 1");
}

}  // namespace simcheck::test
