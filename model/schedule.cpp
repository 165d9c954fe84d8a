#include "model/schedule.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cstdint>

namespace simcheck::model {
namespace {

constexpr std::string_view kPrefix = "s1:";
constexpr std::uint32_t kStepsMax = 1'000'000;

// Reads a decimal number at `position` and moves past it.
std::optional<std::uint32_t> read_number(std::string_view text, std::size_t& position) {
  std::uint32_t number = 0;
  const char* const begin = text.data() + position;
  const auto [end, error] = std::from_chars(begin, text.data() + text.size(), number);
  if (error != std::errc{} || end == begin) return std::nullopt;
  position += static_cast<std::size_t>(end - begin);
  return number;
}

ScheduleError error_at(std::size_t position, std::string_view expected) {
  return {fmt::format("column {}: expected {}", position + 1, expected)};
}

}  // namespace

std::string to_text(const Schedule& schedule) {
  std::string text;
  spell_schedule(
      schedule.size(), [&](std::size_t i) { return schedule[i]; },
      [&](std::string_view piece) { text += piece; });
  return text;
}

std::variant<Schedule, ScheduleError> parse_schedule(std::string_view text) {
  if (!text.starts_with(kPrefix)) {
    return ScheduleError{"a schedule starts with \"s1:\", as in \"s1:0*3.1*5.0\""};
  }
  Schedule schedule;
  std::size_t at = kPrefix.size();
  while (at < text.size() || !schedule.empty()) {
    const std::size_t start = at;
    const auto fiber = read_number(text, at);
    if (!fiber || *fiber >= sim::kFibersMax) return error_at(start, "a fiber's number, 0 to 63");
    if (schedule.size() == kStepsMax)
      return error_at(start, "the end; a schedule has at most 1000000 steps");
    std::uint32_t count = 1;
    if (at < text.size() && text[at] == '*') {
      const std::size_t count_start = ++at;
      const auto number = read_number(text, at);
      if (!number || *number == 0 || *number > kStepsMax - schedule.size()) {
        return error_at(count_start, "how often, from 1; a schedule has at most 1000000 steps");
      }
      count = *number;
    }
    schedule.insert(schedule.end(), count, sim::FiberId{*fiber});
    if (at == text.size()) break;
    if (text[at] != '.') return error_at(at, "'.', '*' or the end");
    ++at;
  }
  return schedule;
}

}  // namespace simcheck::model
