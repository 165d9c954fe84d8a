// n!, in which numbers of traces are often given.
#pragma once

#include <cstdint>

namespace simcheck::test {

constexpr std::uint64_t factorial(std::uint64_t n) { return n < 2 ? 1 : n * factorial(n - 1); }

}  // namespace simcheck::test
