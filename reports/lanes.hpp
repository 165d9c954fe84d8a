// The steps of a counterexample, time running down: one column per lane with the driver's shared
// state beside them, or, where the lanes do not fit the width, one line per step.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "model/result.hpp"

namespace simcheck::reports {

struct LanesOptions {
  std::size_t width = 100;
  bool every_step = false;  ///< no two steps share a row, and none is left out
  bool colour = false;      ///< for a terminal that has some
};

/// Lines of at most `width` columns.
std::vector<std::string> lanes(const model::Counterexample& counterexample,
                               const LanesOptions& options);

}  // namespace simcheck::reports
