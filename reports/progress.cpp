#include "reports/progress.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "reports/figures.hpp"
#include "reports/plain_text.hpp"

namespace simcheck::reports {
namespace {

constexpr std::size_t kNameWidthMin = 12;  // less of a workload's name tells nothing

// The share of the work that is done, and how long the rest may take. Both are guesses.
std::string share_done(const model::Progress& progress) {
  const double percent = std::clamp(progress.share, 0.0, 1.0) * 100;
  return percent < 0.05 ? "" : fmt::format("~{:.{}f} %", percent, percent < 10 ? 1 : 0);
}

std::string times(const model::Progress& progress) {
  constexpr double kLongest = 100 * 3600.0;  // a guess beyond tells nothing
  const std::string elapsed = clock(progress.seconds);
  const double gained = progress.share - progress.share_before;
  double left = gained < 0.0005 ? kLongest : (1 - progress.share) / gained * progress.seconds;
  const bool is_limited = progress.seconds_max > 0;
  if (is_limited) left = std::min(left, progress.seconds_max - progress.seconds);
  return left < kLongest ? fmt::format("{} (~{} left)", elapsed, clock(left)) : elapsed;
}

}  // namespace

std::string progress_line(const model::Progress& progress, std::size_t width) {
  const std::uint64_t executions = progress.counts.executions;
  const std::uint64_t before = std::min(progress.executions_before, executions);
  std::vector<std::string> parts = {fmt::format("{}/{} workloads", grouped(progress.workloads_done),
                                                grouped(progress.workloads_total)),
                                    share_done(progress), counted(executions, "execution"),
                                    rate(executions - before, progress.seconds), times(progress)};
  std::erase(parts, "");
  std::string line = clipped(parts.front(), width);
  for (std::size_t i = 1; i < parts.size(); ++i) {
    if (columns(line) + 2 + columns(parts[i]) > width) return line;
    line += "  " + parts[i];
  }
  const std::size_t taken = columns(line) + 2;
  if (taken + kNameWidthMin > width || progress.workload.empty()) return line;
  return line + "  " + clipped(printable(progress.workload), width - taken);
}

}  // namespace simcheck::reports
