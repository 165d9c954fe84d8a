// The steps of a counterexample with many lanes: one line per step, opened by its lane's name.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "model/result.hpp"
#include "reports/story.hpp"
#include "reports/styled_line.hpp"

namespace simcheck::reports {

/// Lines of at most `width` columns; the lanes' titles first.
std::vector<std::string> step_lines(const model::Trace& trace, const std::vector<Row>& rows,
                                    std::size_t width, const Paint& paint);

}  // namespace simcheck::reports
