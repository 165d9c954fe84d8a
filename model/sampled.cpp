#include "model/sampled.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace simcheck::model {
namespace {

constexpr std::uint64_t kAllPpm = 1'000'000;

}  // namespace

std::optional<std::uint64_t> one_in(const PctOdds& odds) {
  std::uint64_t product = odds.fibers;
  for (std::uint32_t i = 1; i < odds.depth; ++i) {
    if (odds.steps != 0 && product > UINT64_MAX / odds.steps) return std::nullopt;
    product *= odds.steps;
  }
  return product == 0 ? std::nullopt : std::optional(product);
}

std::uint64_t found_ppm(const PctOdds& odds) {
  const auto reciprocal = one_in(odds);
  if (!reciprocal || odds.runs == 0) return 0;
  if (*reciprocal == 1) return kAllPpm;
  // 1 - (1 - p)^runs, in a form that keeps the digits of a small p. Never quite certain.
  const double none =
      static_cast<double>(odds.runs) * std::log1p(-1.0 / static_cast<double>(*reciprocal));
  return std::min(static_cast<std::uint64_t>(-std::expm1(none) * kAllPpm), kAllPpm - 1);
}

PctOdds joined(const PctOdds& a, const PctOdds& b) {
  PctOdds both = a.steps >= b.steps ? a : b;
  if (a.steps == b.steps) both.runs = a.runs + b.runs;
  return both;
}

bool is_worse(const PctOdds& a, const PctOdds& b) {
  const auto by_promise = [](const PctOdds& odds) {
    return std::tuple(found_ppm(odds), UINT64_MAX - one_in(odds).value_or(UINT64_MAX));
  };
  return by_promise(a) < by_promise(b);
}

}  // namespace simcheck::model
