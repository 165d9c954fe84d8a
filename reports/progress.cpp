#include "reports/progress.hpp"

#include <fmt/format.h>

#include <cstdint>
#include <vector>

#include "reports/plain_text.hpp"

namespace simcheck::reports {
namespace {

constexpr std::size_t kNameWidthMin = 12;  // less of a workload's name tells nothing

// Three figures at most, so that the line does not jitter: "950/s", "9.5k/s", "1.2M/s".
std::string rate(std::uint64_t executions, double seconds) {
  double per_second = seconds > 0 ? static_cast<double>(executions) / seconds : 0;
  const char* unit = "";
  for (const char* larger : {"k", "M", "G"}) {
    if (per_second < 999.5) break;
    per_second /= 1000;
    unit = larger;
  }
  const bool has_decimal = *unit != '\0' && per_second < 9.95;
  return fmt::format("{:.{}f}{}/s", per_second, has_decimal ? 1 : 0, unit);
}

std::string clock(double seconds) {
  const auto whole = static_cast<std::uint64_t>(seconds > 0 ? seconds : 0);
  const std::uint64_t hours = whole / 3600, minutes = whole / 60 % 60;
  if (hours > 0) return fmt::format("{}:{:02}:{:02}", hours, minutes, whole % 60);
  return fmt::format("{}:{:02}", minutes, whole % 60);
}

}  // namespace

std::string progress_line(const model::Progress& progress, std::size_t width) {
  const std::vector<std::string> parts = {
      fmt::format("{}/{} workloads", grouped(progress.workloads_done),
                  grouped(progress.workloads_total)),
      counted(progress.counts.executions, "execution"),
      rate(progress.counts.executions, progress.seconds), clock(progress.seconds)};
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
