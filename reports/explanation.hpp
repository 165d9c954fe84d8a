// A counterexample told in sentences, for someone who has never seen the driver.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "model/result.hpp"

namespace simcheck::reports {

/// Lines of at most `width` columns.
std::vector<std::string> explanation(const model::Counterexample& example, std::size_t width);

/// One step as a clause: "B: data zeroes done; places its entry at log sector 1". `step` from 0.
std::string step_clause(const model::Trace& trace, std::size_t step);

}  // namespace simcheck::reports
