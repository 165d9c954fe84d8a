// The table of verdicts as one HTML page, in which whatever is broken leads to its counterexample.
#pragma once

#include <string>

#include "reports/comparison.hpp"

namespace simcheck::reports {

/// Styles, scripts and the player are there once. Like html(), it loads nothing from anywhere, and
/// the same comparison gives the same bytes.
std::string html(const Comparison& comparison);

}  // namespace simcheck::reports
