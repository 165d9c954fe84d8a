#include "reports/source_line.hpp"

#include <algorithm>
#include <charconv>

namespace simcheck::reports {

std::optional<SourceLine> source_line(const model::TraceStep& step) {
  const std::size_t colon = step.source.rfind(':');
  if (colon == std::string::npos) return std::nullopt;
  SourceLine source{.file = step.source.substr(0, colon)};
  const char* const end = step.source.data() + step.source.size();
  const auto read = std::from_chars(step.source.data() + colon + 1, end, source.line);
  if (read.ec != std::errc() || read.ptr != end || source.line == 0) return std::nullopt;
  return source;
}

std::optional<SourceLine> source_line(const model::Trace& trace, const model::Finding& finding) {
  for (std::size_t i = std::min<std::size_t>(finding.step + 1, trace.steps.size()); i > 0; --i) {
    if (const auto source = source_line(trace.steps[i - 1])) return source;
  }
  return std::nullopt;
}

}  // namespace simcheck::reports
