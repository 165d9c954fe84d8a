// What tests do less of under AddressSanitizer, which takes some twenty times as long: there, what
// is looked at is memory, and a smaller run goes through the same code. The release build does all.
#pragma once

#include "sim/sanitizer.hpp"

namespace simcheck::test {

inline constexpr bool kSanitized = SIMCHECK_ASAN != 0;

/// `all`, or `fewer` in a sanitized build.
template <class T>
constexpr T by_build(T all, T fewer) {
  return kSanitized ? fewer : all;
}

}  // namespace simcheck::test
