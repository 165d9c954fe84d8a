// Sets of fibers as bits.
#pragma once

#include <bit>
#include <cstdint>

#include "sim/ids.hpp"

namespace simcheck::sim {

/// A set of fibers, bit i for FiberId{i}.
using FiberSet = std::uint64_t;

constexpr FiberSet bit_of(FiberId fiber) { return FiberSet{1} << index_of(fiber); }

constexpr bool contains(FiberSet set, FiberId fiber) { return (set & bit_of(fiber)) != 0; }

constexpr bool has_several(FiberSet set) { return (set & (set - 1)) != 0; }

/// The lowest fiber of a set that is not empty.
constexpr FiberId first_of(FiberSet set) {
  return FiberId{static_cast<std::uint32_t>(std::countr_zero(set))};
}

}  // namespace simcheck::sim
