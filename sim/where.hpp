// Where in the source a fiber made a call: what points a reader of a trace to the driver's line.
#pragma once

#include <cstdint>

namespace simcheck::sim {

/// A line of source code. Calls that block, or that other fibers may come before, take one as their
/// last parameter, which is left out: it is then the caller's line.
///
///     IoStatus flush(Where where = Where::here());
///
/// A helper of a driver passes on what it is given, so that traces show its caller. (C++20's
/// std::source_location does the same, but not with clang 14.)
struct Where {
  const char* file = "";   ///< as the compiler was given it; see -fmacro-prefix-map; static storage
  std::uint32_t line = 0;  ///< from 1; 0: not known

  static constexpr Where here(const char* file = __builtin_FILE(),
                              std::uint32_t line = __builtin_LINE()) {
    return {file, line};
  }
};

}  // namespace simcheck::sim
