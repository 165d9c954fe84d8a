// A result as text for a terminal: the verdict first, then what it rests on.
#pragma once

#include <cstddef>
#include <iosfwd>

#include "model/result.hpp"

namespace simcheck::reports {

struct TextOptions {
  std::size_t width = 100;  ///< columns; taken as kTextWidthMin if less
  bool quiet = false;       ///< the verdict alone
  bool verbose = false;  ///< every step in a row of its own, every workload, every counterexample
  bool colour = false;   ///< escapes for a terminal; without them, it is the same text
};

inline constexpr std::size_t kTextWidthMin = 48;  ///< a map of the log with a sector of 20 digits

void write_text(std::ostream& out, const model::Result& result, const TextOptions& options = {});

}  // namespace simcheck::reports
