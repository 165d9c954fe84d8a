#include "reports/styled_line.hpp"

#include <array>

namespace simcheck::reports {

Style lane_style(std::size_t lane) {
  static constexpr std::array<Style, 6> kStyles = {"36", "33", "35", "32", "94", "96"};
  return kStyles[lane % kStyles.size()];
}

Style Paint::label_style(std::size_t first_step, std::size_t last_step, bool breaks) const {
  const auto is_here = [&](std::size_t step) { return first_step <= step && step <= last_step; };
  const bool is_race = race && (is_here(race->first) || is_here(race->second));
  if (is_race) return breaks ? kViolatedRaceStyle : kRaceStyle;
  return breaks ? kViolatedStyle : kPlainStyle;
}

std::string styled(std::string_view text, Style style, bool colour) {
  const std::size_t begin = text.find_first_not_of(' ');
  if (!colour || style.empty() || begin == text.npos) return std::string(text);
  const std::size_t end = text.find_last_not_of(' ') + 1;
  std::string result(text.substr(0, begin));
  result += "\x1b[";
  result += style;
  result += 'm';
  result += text.substr(begin, end - begin);
  result += "\x1b[0m";
  result += text.substr(end);
  return result;
}

void StyledLine::add(std::string_view text, Style style) {
  const std::size_t blanks = text.size() - (text.find_last_not_of(' ') + 1);
  text_ += styled(text, style, colour_);
  if (blanks < text.size()) end_ = text_.size() - blanks;
}

std::string StyledLine::text() const { return text_.substr(0, end_); }

}  // namespace simcheck::reports
