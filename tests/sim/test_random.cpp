// The generator against published numbers, and its bounded integers against what uniform means.

#include "sim/random.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "tests/support/rapidcheck.hpp"

namespace simcheck::test {
namespace {

using Numbers = std::vector<std::uint64_t>;

template <class Generator>
Numbers first(Generator generator, int count) {
  Numbers numbers;
  for (int i = 0; i < count; ++i) numbers.push_back(generator.next());
  return numbers;
}

}  // namespace

TEST_CASE("SplitMix64 gives the reference code's numbers for seed 1234567") {
  CHECK(first(sim::SplitMix64(1234567), 5) == Numbers{6457827717110365317U, 3203168211198807973U,
                                                      9817491932198370423U, 4593380528125082431U,
                                                      16408922859458223821U});
}

TEST_CASE("xoshiro256** gives the reference code's numbers for state 1, 2, 3, 4") {
  CHECK(first(sim::Random(sim::Random::State{1, 2, 3, 4}), 10) ==
        Numbers{11520U, 0U, 1509978240U, 1215971899390074240U, 1216172134540287360U,
                607988272756665600U, 16172922978634559625U, 8476171486693032832U,
                10595114339597558777U, 2904607092377533576U});
}

// Computed with an independent transcription of both reference codes.
TEST_CASE("a seed goes through SplitMix64") {
  CHECK(first(sim::Random(42), 4) ==
        Numbers{0x15780b2e0c2ec716, 0x6104d9866d113a7e, 0xae17533239e499a1, 0xecb8ad4703b360a1});
  CHECK(first(sim::Random(1234), 10'000).back() == 0x24bf30513671af9e);
}

TEST_CASE("seed zero is as good as any") { CHECK(sim::Random(0).next() == 0x99ec5f36cb75f2b4); }

TEST_CASE("numbers known at compile time") {
  static_assert(sim::Random(42).next() == 0x15780b2e0c2ec716);
}

RC_TEST_CASE("bounded numbers keep to their bounds",
             [](std::uint64_t seed, std::uint64_t a, std::uint64_t b) {
               sim::Random random(seed);
               const std::uint64_t min = std::min(a, b), max = std::max(a, b);
               for (int i = 0; i < 10; ++i) {
                 const std::uint64_t number = random.between(min, max);
                 RC_ASSERT(min <= number);
                 RC_ASSERT(number <= max);
                 if (max > 0) RC_ASSERT(random.below(max) < max);
               }
             });

TEST_CASE("the widest and the narrowest range") {
  sim::Random random(1), same(1);
  CHECK(random.between(0, UINT64_MAX) == same.next());
  CHECK(random.between(7, 7) == 7);
  CHECK(random.below(1) == 0);
  CHECK(random.next() == same.next());  // a range of one number draws nothing
}

// 6 does not divide a power of two: the case in which a careless bound is biased. The limit is the
// 99.99 % quantile of chi-squared with 5 degrees of freedom.
TEST_CASE("bounded numbers are uniform") {
  constexpr int kDraws = 60'000;
  std::array<int, 6> counts{};
  sim::Random random(20);
  for (int i = 0; i < kDraws; ++i) ++counts[random.below(counts.size())];
  double chi_squared = 0;
  for (const int count : counts) chi_squared += (count - 10'000.0) * (count - 10'000.0) / 10'000.0;
  CHECK(chi_squared < 25.7);
}

// Two thirds of 2^64: reducing modulo would give the lower half of the range two thirds of the
// draws.
TEST_CASE("large bounds are not biased") {
  constexpr std::uint64_t kBound = UINT64_MAX / 3 * 2;
  sim::Random random(20);
  int lower = 0;
  for (int i = 0; i < 10'000; ++i) lower += random.below(kBound) < kBound / 2 ? 1 : 0;
  CHECK(lower > 4'800);
  CHECK(lower < 5'200);
}

}  // namespace simcheck::test
