// The verdict in words, and no word more than the run covered.
#pragma once

#include <string>

#include "model/result.hpp"

namespace simcheck::reports {

/// "holds (complete)", "holds (bounded: windows of 6)", "violated: no-overlap, contiguous",
/// "interrupted: no violation in 3 of 209 workloads", "not exercised (complete)".
std::string verdict_line(const model::Result& result);

/// One property's verdict as far as the run got: "holds", "no violation so far", ...
std::string claim(const model::Result& result, const model::PropertyResult& property);

/// What was explored of each workload: "every interleaving", "up to the first violation", ...
std::string extent(const model::Result& result);

/// What came of a violation that was expected (Result::violation_expected), as far as the run got:
/// "a violation was expected, and there is none".
std::string expectation(const model::Result& result);

/// The exploration ended at a violation; what lies behind it is unknown.
bool stopped_at_violation(const model::Result& result);

/// Everything was explored: no bound, no interrupt, no stop at a violation, no workload left out.
bool is_complete(const model::Result& result);

}  // namespace simcheck::reports
