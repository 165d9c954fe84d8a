#include "reports/figures.hpp"

#include <fmt/format.h>

namespace simcheck::reports {

double per_second(std::uint64_t count, double seconds) {
  return seconds > 0 ? static_cast<double>(count) / seconds : 0;
}

std::string rate(std::uint64_t count, double seconds) {
  double amount = per_second(count, seconds);
  const char* unit = "";
  for (const char* larger : {"k", "M", "G"}) {
    if (amount < 999.5) break;
    amount /= 1000;
    unit = larger;
  }
  const bool has_decimal = *unit != '\0' && amount < 9.95;
  return fmt::format("{:.{}f}{}/s", amount, has_decimal ? 1 : 0, unit);
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
