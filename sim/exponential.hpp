// Exponentially distributed numbers, in integers alone: std::log differs from one library to the
// next, and a seed has to give the same run everywhere.
//
// Source. J. Ahrens, U. Dieter, "Computer methods for sampling from the exponential and normal
// distributions", CACM 15(10), 1972; as algorithm S in D. Knuth, "The Art of Computer Programming",
// vol. 2, 3rd ed., section 3.4.1.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>

#include "sim/random.hpp"

namespace simcheck::sim {

/// A number from the exponential distribution of mean 1, times 2^32. Below 2^38.
constexpr std::uint64_t draw_exponential(Random& random) {
  constexpr std::uint64_t kLn2 = 0xb17217f8;  // times 2^32, as all that follows
  // The sums of ln2^i / i! for i from 1 to k + 1.
  constexpr std::array<std::uint64_t, 11> kSums = {0xb17217f7, 0xeef193f6, 0xfd271862, 0xff9d6dd0,
                                                   0xfff4cfcf, 0xfffee818, 0xffffe7fe, 0xfffffe2a,
                                                   0xffffffdf, 0xfffffffd, 0x100000000};
  const std::uint64_t bits = random.next();
  const auto doublings = static_cast<std::uint64_t>(std::countl_one(bits >> 32 << 32));
  std::uint64_t fraction = bits & UINT32_MAX;
  if (fraction >= kLn2) {
    std::uint64_t least = random.next() & UINT32_MAX;
    std::size_t k = 1;
    do {
      least = std::min(least, random.next() & UINT32_MAX);
    } while (fraction >= kSums[k++]);
    fraction = (least * kLn2) >> 32;
  }
  return doublings * kLn2 + fraction;
}

}  // namespace simcheck::sim
