// The line of a driver's source that a finding, or a step, points to.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "model/result.hpp"

namespace simcheck::reports {

struct SourceLine {
  std::string file{};      ///< relative to the source tree, if it was compiled so (sim/where.hpp)
  std::uint32_t line = 0;  ///< from 1
};

/// Of a step; none where it is not known.
std::optional<SourceLine> source_line(const model::TraceStep& step);

/// Of the step that broke the property, or of the nearest one before it whose line is known.
std::optional<SourceLine> source_line(const model::Trace& trace, const model::Finding& finding);

}  // namespace simcheck::reports
