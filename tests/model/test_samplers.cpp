// The sampling strategies draw what they promise: their probabilities on programs that are small
// enough to know them exactly. All seeds are fixed, so nothing here can fail by chance.
#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <numeric>

#include "tests/model/sampling_rig.hpp"

namespace simcheck::test {
namespace {

using model::Schedule;
using enum OpKind;

constexpr std::uint64_t kSamples = 20'000;
constexpr double kStandardDeviations = 5;

model::SampleRange range(std::uint64_t seed, std::uint64_t samples = kSamples) {
  return {.seed = seed, .workload = 0, .first = 0, .count = samples};
}

// Counted with probability p in each of `samples`: neither more nor less than is likely.
bool is_likely(std::uint64_t count, std::uint64_t samples, double p) {
  const double mean = static_cast<double>(samples) * p;
  return std::abs(static_cast<double>(count) - mean) <
         kStandardDeviations * std::sqrt(mean * (1 - p));
}

// The bound that a sum over that many kinds keeps.
double chi_square_max(std::size_t kinds) {
  const auto degrees = static_cast<double>(kinds - 1);
  return degrees + kStandardDeviations * std::sqrt(2 * degrees);
}

std::uint64_t count_if(const Frequencies& all, const std::function<bool(const Schedule&)>& is) {
  return std::accumulate(all.begin(), all.end(), std::uint64_t{0},
                         [&](std::uint64_t sum, const auto& entry) {
                           return sum + (is(entry.first) ? entry.second : 0);
                         });
}

Frequencies walks(const Program& program, std::uint64_t seed = 1) {
  return frequencies(program, [&](auto&) { return model::make_random_walk(range(seed)); });
}

Frequencies surw(const Program& program) {
  return frequencies(program, [](model::Explorer& explorer) {
    return model::make_surw(range(1), explorer.fiber_count());
  });
}

Frequencies pct(const Program& program, std::uint32_t depth, std::uint64_t seed,
                std::uint64_t samples) {
  return frequencies(program, [=](model::Explorer& explorer) {
    return model::make_pct(range(seed, samples), explorer.fiber_count(), depth);
  });
}

TEST_CASE("random: each choice is uniform over the enabled fibers") {
  const Program program{straight_line(2), straight_line(3)};
  const Frequencies all = walks(program);
  CHECK(all.size() == 10);
  const auto expected = [](const Schedule& schedule) {
    std::uint32_t left[] = {2, 3};
    double mean = kSamples;
    for (const sim::FiberId fiber : schedule) {
      if (left[0] != 0 && left[1] != 0) mean /= 2;
      --left[sim::index_of(fiber)];
    }
    return mean;
  };
  CHECK(chi_square(all, expected) < chi_square_max(all.size()));
}

TEST_CASE("surw: every interleaving of straight lines is equally likely") {
  struct Example {
    Program program;
    std::size_t interleavings;
  };
  for (const Example& example :
       {Example{{straight_line(3), straight_line(3)}, 20},
        Example{{straight_line(5), straight_line(5)}, 252},
        Example{{straight_line(1), straight_line(2), straight_line(3)}, 60}}) {
    const Frequencies all = surw(example.program);
    CHECK(all.size() == example.interleavings);
    const double mean = static_cast<double>(kSamples) / static_cast<double>(example.interleavings);
    CHECK(chi_square(all, [=](const Schedule&) { return mean; }) <
          chi_square_max(example.interleavings));
  }
}

TEST_CASE("random is not uniform over interleavings, or surw would be no gain") {
  const Frequencies all = walks({straight_line(3), straight_line(3)});
  CHECK(chi_square(all, [](const Schedule&) { return kSamples / 20.0; }) > 1000);
}

TEST_CASE("pct: a bug that needs exactly its odds is found with exactly its odds") {
  // Fiber 1 between the two steps of fiber 0: n = 2, k = 3 and 2 starts, d = 2, so 1 in 10.
  const Frequencies all = pct({straight_line(2), straight_line(1)}, 2, 1, kSamples);
  const std::uint64_t found = all.at({sim::FiberId{0}, sim::FiberId{1}, sim::FiberId{0}});
  CHECK(is_likely(found, kSamples, 1.0 / 10));
}

// The depth of a bug is the number of pairs of steps whose order it needs.
TEST_CASE("pct: bugs of depth 2 and 3 are found at least at the promised rate") {
  const Program program{straight_line(4), straight_line(4), straight_line(4)};
  const auto depth_two = [](const Schedule& s) {
    return place_of(s, 0, 2) < place_of(s, 1, 1) && place_of(s, 1, 1) < place_of(s, 0, 3);
  };
  const auto depth_three = [&](const Schedule& s) {
    return depth_two(s) && place_of(s, 2, 2) < place_of(s, 0, 2);
  };
  constexpr std::uint64_t kSeeds = 40, kRuns = 501;
  std::uint64_t found_two = 0, found_three = 0;
  for (std::uint64_t seed = 0; seed < kSeeds; ++seed) {
    found_two += count_if(pct(program, 2, seed, kRuns), depth_two);
    found_three += count_if(pct(program, 3, seed, kRuns), depth_three);
  }
  constexpr std::uint64_t kPromised = kSeeds * (kRuns - 1);  // the first run measures
  CHECK(found_two >= kPromised / (3 * 15));
  CHECK(found_three >= kPromised / (3 * 15 * 15));
}

TEST_CASE("pct: what has to wait may be a fiber's first step") {
  // In this order alone: fiber 0 waits for fiber 1, and for that the only step of fiber 2.
  const Program program{straight_line(2), straight_line(1), straight_line(1)};
  const Schedule bug{sim::FiberId{0}, sim::FiberId{1}, sim::FiberId{0}, sim::FiberId{2}};
  CHECK(pct(program, 3, 1, kSamples).at(bug) >= kSamples / (3 * 7 * 7));
}

TEST_CASE("pct: the odds count the runs that knew the longest execution") {
  const Program program{straight_line(4), straight_line(4)};
  model::Explorer explorer([&](sim::World& world) { world.make<ProgramState>(world, program); }, {},
                           {.steps_max = 1000});
  const auto strategy = model::make_pct(range(1, 100), explorer.fiber_count(), 3);
  while (explorer.run_next(*strategy)) continue;
  const auto sampled = strategy->sampled();
  REQUIRE(sampled);
  CHECK(sampled->odds == model::PctOdds{.depth = 3, .fibers = 2, .steps = 10, .runs = 99});
}

TEST_CASE("pos: what is independent costs a race nothing") {
  // Fiber 0 wins the race if all of its four priorities are above the one of fiber 1: 1 in 5, where
  // the random walk has 1 in 16.
  const Program program{{{kYield}, {kYield}, {kYield}, {kWrite, 0}}, {{kWrite, 0}}};
  const auto first_wins = [](const Schedule& s) { return place_of(s, 1, 0) == 4; };
  const Frequencies all = frequencies(program, [](model::Explorer& explorer) {
    return model::make_pos(range(1), explorer.footprints(), explorer.fiber_count());
  });
  CHECK(is_likely(count_if(all, first_wins), kSamples, 1.0 / 5));
  CHECK(is_likely(count_if(walks(program), first_wins), kSamples, 1.0 / 16));
}

TEST_CASE("pos: where all events race it is the random walk") {
  const Program program{{{kWrite, 0}, {kYield}, {kWrite, 0}, {kYield}, {kWrite, 0}}, {{kWrite, 0}}};
  const Frequencies all = frequencies(program, [](model::Explorer& explorer) {
    return model::make_pos(range(1), explorer.footprints(), explorer.fiber_count());
  });
  const auto last = [](const Schedule& s) { return place_of(s, 1, 0) == 3; };
  CHECK(is_likely(count_if(all, last), kSamples, 1.0 / 8));
}

// Two straight lines of three transitions each, and the power, which is fiber 2.
Frequencies cut_anywhere(const std::function<std::unique_ptr<model::Strategy>(
                             const model::SampleRange&, model::Explorer&)>& make) {
  const Program program{straight_line(3), straight_line(3)};
  model::Explorer explorer([&](sim::World& world) {
    world.make<ProgramState>(world, program);
    world.add_power_cut(0);
  });
  model::SampleRange which = range(1, kSamples + 1);
  which.power = explorer.world().power();
  const auto strategy = make(which, explorer);
  REQUIRE(explorer.run_next(*strategy));
  CHECK(explorer.schedule().size() == 7);  // the first is never cut
  Frequencies result;
  while (explorer.run_next(*strategy)) ++result[explorer.schedule()];
  return result;
}

Frequencies by_length(const Frequencies& all) {
  Frequencies lengths;
  for (const auto& [schedule, count] : all) {
    CHECK(schedule.back() == sim::FiberId{2});
    lengths[Schedule(schedule.size())] += count;
  }
  return lengths;
}

TEST_CASE("the power is cut before each transition or not at all, all equally likely") {
  const auto check_lengths = [](const Frequencies& all) {
    const Frequencies lengths = by_length(all);
    CHECK(lengths.size() == 7);
    CHECK(chi_square(lengths, [](const Schedule&) { return kSamples / 7.0; }) < chi_square_max(7));
  };
  check_lengths(cut_anywhere([](const model::SampleRange& which, model::Explorer&) {
    return model::make_random_walk(which);
  }));
  check_lengths(cut_anywhere([](const model::SampleRange& which, model::Explorer& explorer) {
    return model::make_pos(which, explorer.footprints(), explorer.fiber_count());
  }));
  Frequencies all = cut_anywhere([](const model::SampleRange& which, model::Explorer& explorer) {
    return model::make_surw(which, explorer.fiber_count());
  });
  check_lengths(all);
  // And the cut bends nothing: those that are not cut are uniform over the interleavings.
  std::erase_if(all, [](const auto& entry) { return entry.first.size() != 7; });
  CHECK(all.size() == 20);
  CHECK(chi_square(all, [](const Schedule&) { return kSamples / 7.0 / 20; }) < chi_square_max(20));
}

TEST_CASE("executions depend on the seed, the workload and their number alone") {
  const Program program{straight_line(20), straight_line(20)};
  const auto draw = [&](const model::SampleRange& which) {
    return frequencies(program, [&](auto&) { return model::make_random_walk(which); });
  };
  const auto all = draw({.seed = 1, .workload = 2, .first = 0, .count = 8});
  CHECK(draw({.seed = 1, .workload = 2, .first = 0, .count = 8}) == all);
  CHECK(draw({.seed = 2, .workload = 2, .first = 0, .count = 8}) != all);
  CHECK(draw({.seed = 1, .workload = 1, .first = 0, .count = 8}) != all);
  Frequencies halves = draw({.seed = 1, .workload = 2, .first = 0, .count = 3});
  halves.merge(draw({.seed = 1, .workload = 2, .first = 3, .count = 5}));
  CHECK(halves == all);
}

}  // namespace
}  // namespace simcheck::test
