#include "cli/option_values.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>

#include "logs/format.hpp"
#include "model/workload_size.hpp"

namespace simcheck::cli {
namespace {

struct Unit {
  std::string_view suffix;
  double seconds;
};
// "ms" before "s" and "m": the first suffix that fits is taken.
constexpr std::array<Unit, 5> kUnits{{{"ms", 0.001}, {"s", 1}, {"m", 60}, {"h", 3600}, {"", 1}}};
constexpr double kDurationMax = 1e9;  // seconds; some 30 years
constexpr std::string_view kDigits = "0123456789";

template <typename Number>
std::optional<Number> whole(std::string_view text) {
  Number number{};
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc{} || stop != end) return std::nullopt;
  return number;
}

// A whole number that no 64 bits hold.
bool is_too_large(std::string_view text) {
  return !text.empty() && text.find_first_not_of(kDigits) == text.npos &&
         !whole<std::uint64_t>(text);
}

// "99999999999g".
bool is_size_too_large(std::string_view text) {
  const std::size_t digits = std::min(text.find_first_not_of(kDigits), text.size());
  const bool is_size = digits > 0 && model::parse_size("1" + std::string(text.substr(digits)));
  return is_size && !model::parse_size(text);
}

}  // namespace

std::uint64_t read_number(std::string_view text, std::uint64_t min, std::uint64_t max) {
  const auto number = whole<std::uint64_t>(text);
  if (number && *number >= min && *number <= max) return *number;
  if (max == UINT64_MAX && is_too_large(text))
    throw UsageError(fmt::format("{} is too large; the largest is {}", in_quotes(text), max));
  const std::string range = max == UINT64_MAX ? fmt::format("of at least {}", min)
                                              : fmt::format("from {} to {}", min, max);
  throw UsageError(fmt::format("{} is not a whole number {}", in_quotes(text), range));
}

std::uint32_t read_sector_size(std::string_view text) {
  const auto size = model::parse_size(text);
  if (size && logs::is_sector_size(*size)) return static_cast<std::uint32_t>(*size);
  throw UsageError(fmt::format("{} is not a power of two from {} to {}", in_quotes(text),
                               logs::kSectorSizeMin, logs::kSectorSizeMax));
}

double read_duration(std::string_view text) {
  for (const Unit& unit : kUnits) {
    if (!text.ends_with(unit.suffix)) continue;
    const auto number = whole<double>(text.substr(0, text.size() - unit.suffix.size()));
    const double seconds = number.value_or(0) * unit.seconds;
    if (std::isfinite(seconds) && seconds > kDurationMax)
      throw UsageError(fmt::format("{} is too long; the longest is {:.0f}s, some 30 years",
                                   in_quotes(text), kDurationMax));
    if (std::isfinite(seconds) && seconds > 0) return seconds;
    break;
  }
  throw UsageError(fmt::format("{} is not a duration above zero, such as 10s, 5m, 2h or 250ms",
                               in_quotes(text)));
}

std::uint64_t read_memory(std::string_view text) {
  const auto size = model::parse_size(text);
  if (size.value_or(0) != 0) return *size;
  if (is_size_too_large(text))
    throw UsageError(fmt::format("{} is too large; the largest is {}", in_quotes(text),
                                 model::size_text(UINT64_MAX >> 40 << 40)));
  throw UsageError(fmt::format("{} is not a size above zero, such as 200m or 4g", in_quotes(text)));
}

std::vector<std::string> list_of(std::string_view text) {
  if (text.empty()) throw UsageError("is empty");
  std::vector<std::string> parts;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find(',', at), text.size());
    parts.emplace_back(text.substr(at, end - at));
    if (parts.back().empty()) throw UsageError(in_quotes(text) + " has an empty part");
    at = end + 1;
  }
  return parts;
}

bool read_switch(std::string_view text) {
  return read_choice<bool>(text, {{"on", true}, {"off", false}});
}

void refuse_choice(std::string_view text, const std::vector<std::string>& allowed) {
  throw UsageError(fmt::format("{} is not one of {}{}", in_quotes(text), fmt::join(allowed, ", "),
                               did_you_mean(text, allowed)));
}

}  // namespace simcheck::cli
