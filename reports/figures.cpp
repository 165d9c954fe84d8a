#include "reports/figures.hpp"

#include <fmt/format.h>

namespace simcheck::reports {

std::string rate(std::uint64_t count, double seconds) {
  double per_second = seconds > 0 ? static_cast<double>(count) / seconds : 0;
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

std::string memory(std::uint64_t bytes) {
  const double mebibytes = static_cast<double>(bytes) / (1 << 20);
  if (mebibytes < 1000) return fmt::format("{:.1f}m", mebibytes);
  return fmt::format("{:.1f}g", mebibytes / 1024);
}

}  // namespace simcheck::reports
