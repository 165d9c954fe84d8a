// A small pseudo-random generator of our own: the same seed gives the same numbers with every
// compiler, library and machine, which standard distributions do not promise. Not for secrets.
//
// Sources. xoshiro256**: D. Blackman, S. Vigna, "Scrambled Linear Pseudorandom Number Generators",
// ACM TOMS 47(4), 2021, reference code at https://prng.di.unimi.it/xoshiro256starstar.c. Its state
// is filled by SplitMix64, as its authors advise: G. Steele, D. Lea, C. Flood, "Fast Splittable
// Pseudorandom Number Generators", OOPSLA 2014, https://prng.di.unimi.it/splitmix64.c. Bounded
// integers: bit mask and rejection, after M. O'Neill, "Efficiently Generating a Number in a Range",
// https://www.pcg-random.org/posts/bounded-rands.html.
#pragma once

#include <array>
#include <bit>
#include <cstdint>

#include "sim/assert.hpp"

namespace simcheck::sim {

/// Turns one number into a sequence of well-mixed ones; here, to seed Random.
class SplitMix64 {
 public:
  explicit constexpr SplitMix64(std::uint64_t seed) : state_(seed) {}

  constexpr std::uint64_t next() {
    std::uint64_t z = state_ += 0x9e3779b97f4a7c15;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
  }

 private:
  std::uint64_t state_;
};

/// xoshiro256**.
class Random {
 public:
  using State = std::array<std::uint64_t, 4>;

  /// Any seed will do; neighbouring seeds give unrelated sequences.
  explicit constexpr Random(std::uint64_t seed) {
    SplitMix64 mix(seed);
    for (std::uint64_t& word : state_) word = mix.next();
  }
  /// Goes on from a state; one of its words must not be zero.
  explicit constexpr Random(const State& state) : state_(state) {
    SIMCHECK_ASSERT(state != State{}, "the all-zero state gives zeroes only");
  }

  /// Uniform over all 64-bit numbers.
  constexpr std::uint64_t next() {
    const std::uint64_t result = std::rotl(state_[1] * 5, 7) * 9;
    const std::uint64_t shifted = state_[1] << 17;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= shifted;
    state_[3] = std::rotl(state_[3], 45);
    return result;
  }

  /// Uniform over [0, bound), without bias. `bound` > 0. Draws less than twice on average.
  constexpr std::uint64_t below(std::uint64_t bound) {
    SIMCHECK_ASSERT(bound > 0, "there is no number below 0");
    return up_to(bound - 1);
  }

  /// Uniform over [min, max], both included.
  constexpr std::uint64_t between(std::uint64_t min, std::uint64_t max) {
    SIMCHECK_ASSERT(min <= max, "a range begins before it ends");
    return min + up_to(max - min);
  }

 private:
  constexpr std::uint64_t up_to(std::uint64_t max) {
    if (max == 0) return 0;
    const std::uint64_t mask = ~std::uint64_t{0} >> std::countl_zero(max);
    for (;;) {
      const std::uint64_t candidate = next() & mask;
      if (candidate <= max) return candidate;
    }
  }

  State state_{};
};

}  // namespace simcheck::sim
