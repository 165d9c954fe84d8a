// What a run covered, exactly: driver, workloads, strategy, counts, and each property's verdict.
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "model/result.hpp"

namespace simcheck::reports {

/// What is told about, and the text: {"driver", "fixed"}.
using Labelled = std::vector<std::pair<std::string, std::string>>;

/// Texts of one line each; firm blanks in them.
Labelled coverage_items(const model::Result& result);
/// The same as lines of at most `width` columns.
std::vector<std::string> coverage_lines(const model::Result& result, std::size_t width);
/// One line per property (more where a reason needs them). With `colour`, violated ones are red.
std::vector<std::string> property_lines(const model::Result& result, std::size_t width,
                                        bool colour = false);
/// One line per workload with its counts.
std::vector<std::string> workload_lines(const model::Result& result, std::size_t width);

}  // namespace simcheck::reports
