// The rows of a table of lanes as lines of text.
#pragma once

#include <string>
#include <vector>

#include "reports/lane_table.hpp"
#include "reports/story.hpp"
#include "reports/styled_line.hpp"

namespace simcheck::reports {

/// The heading, then every row, which is as many lines high as its highest cell, then what lanes
/// that never end wait for. In front of each lane's words: `*` its code runs, `.` a disk request of
/// it takes effect, `|` it is in flight, `x` the power is cut.
std::vector<std::string> table_lines(const LaneTable& table, const std::vector<Row>& rows,
                                     const Paint& paint);

}  // namespace simcheck::reports
