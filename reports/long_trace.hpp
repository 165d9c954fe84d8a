// A trace of thousands of steps, as a livelock has it, cut down to what a person reads.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "model/result.hpp"
#include "reports/story.hpp"

namespace simcheck::reports {

/// Traces of more steps are shortened.
inline constexpr std::size_t kStepsShownMax = 400;
/// How many steps of such a trace are shown at each end.
inline constexpr std::size_t kStepsAtEnds = 100;

/// The rows of a long trace without its middle, where a row that has Row::left_out alone, in lines
/// of at most `width` columns, stands for what is left out and says `where` it can be seen. Rows
/// that break a property, or are of the race, stay. The rows of other traces are as they were.
std::vector<Row> shortened(std::vector<Row> rows, const model::Counterexample& example,
                           std::string_view where, std::size_t width);

}  // namespace simcheck::reports
