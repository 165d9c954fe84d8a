// Distributions of latencies: their bounds, means and shapes, and that a seed is a seed everywhere.
#include "sim/latency.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "sim/exponential.hpp"

namespace simcheck::test {
namespace {

using sim::Latency;

constexpr int kDraws = 200'000;

std::vector<std::uint64_t> sorted_draws(const Latency& latency, std::uint64_t seed = 1) {
  sim::Random random(seed);
  std::vector<std::uint64_t> draws;
  for (int i = 0; i < kDraws; ++i) draws.push_back(latency.draw_ns(random));
  std::ranges::sort(draws);
  return draws;
}

double mean(const std::vector<std::uint64_t>& draws) {
  double sum = 0;
  for (const std::uint64_t draw : draws) sum += static_cast<double>(draw);
  return sum / static_cast<double>(draws.size());
}

}  // namespace

TEST_CASE("a constant is constant, a range is filled to both ends") {
  const auto constant = sorted_draws(Latency::constant(70));
  CHECK(constant.front() == 70);
  CHECK(constant.back() == 70);
  const auto uniform = sorted_draws(Latency::uniform(10, 20));
  CHECK(uniform.front() == 10);
  CHECK(uniform.back() == 20);
  CHECK(mean(uniform) == doctest::Approx(15).epsilon(0.01));
}

// At the quantile q the exponential distribution of mean m has the value -m ln(1 - q).
TEST_CASE("exponential latencies have the mean and the quantiles of their distribution") {
  constexpr double kMean = 1e6;
  const auto draws = sorted_draws(Latency::exponential(1'000'000));
  CHECK(mean(draws) == doctest::Approx(kMean).epsilon(0.01));
  for (const double quantile : {0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 0.999}) {
    CAPTURE(quantile);
    const std::uint64_t found = draws[static_cast<std::size_t>(quantile * kDraws)];
    const double tolerance = quantile < 0.05 || quantile > 0.995 ? 0.08 : 0.02;
    CHECK(static_cast<double>(found) ==
          doctest::Approx(-kMean * std::log(1 - quantile)).epsilon(tolerance));
  }
}

// Kolmogorov-Smirnov: the distance from the true distribution function, below the 0.1 % bound.
TEST_CASE("exponential numbers follow their distribution function") {
  sim::Random random(5);
  std::vector<double> draws;
  for (int i = 0; i < kDraws; ++i)
    draws.push_back(static_cast<double>(sim::draw_exponential(random)) / 4294967296.0);
  std::ranges::sort(draws);
  double distance = 0;
  for (std::size_t i = 0; i < draws.size(); ++i) {
    const double found = (static_cast<double>(i) + 0.5) / kDraws;
    distance = std::max(distance, std::abs(found - (1 - std::exp(-draws[i]))));
  }
  CHECK(distance < 1.95 / std::sqrt(kDraws));
}

TEST_CASE("the same seed draws the same, on every machine") {
  sim::Random random(42);
  const Latency latency = Latency::exponential(1'000'000);
  std::vector<std::uint64_t> draws;
  for (int i = 0; i < 5; ++i) draws.push_back(latency.draw_ns(random));
  CHECK(draws == std::vector<std::uint64_t>{47588, 426044, 919291, 2093897, 4162873});
}

TEST_CASE("long exponential latencies are cut off, and nothing overflows") {
  const auto draws = sorted_draws(Latency::exponential(Latency::kMaxNs));
  CHECK(draws.back() == Latency::kMaxNs);
  CHECK(draws[kDraws / 2] ==
        doctest::Approx(0.693 * static_cast<double>(Latency::kMaxNs)).epsilon(0.02));
  CHECK(sorted_draws(Latency::exponential(0)).back() == 0);
}

TEST_CASE("measured latencies come as often as they were met, and never from empty bins") {
  const auto draws =
      sorted_draws(Latency::measured({{0, 10, 1}, {10, 20, 0}, {20, 30, 3}, {99, 99, 4}}));
  const auto up_to = [&](std::uint64_t ns) {
    const auto end = std::ranges::upper_bound(draws, ns);
    return static_cast<double>(end - draws.begin()) / kDraws;
  };
  CHECK(draws.front() == 1);
  CHECK(up_to(10) == doctest::Approx(1.0 / 8).epsilon(0.03));
  CHECK(up_to(20) == up_to(10));
  CHECK(up_to(30) == doctest::Approx(4.0 / 8).epsilon(0.03));
  CHECK(up_to(98) == up_to(30));
  CHECK(draws.back() == 99);
}

}  // namespace simcheck::test
