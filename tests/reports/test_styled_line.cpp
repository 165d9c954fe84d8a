// Lines with colours are laid out as those without.
#include "reports/styled_line.hpp"

#include <doctest/doctest.h>

#include <string>

namespace simcheck::test {

using reports::Paint;
using reports::styled;
using reports::StyledLine;

TEST_CASE("blanks stay outside of colours, and those at the end go") {
  CHECK(styled(" a b  ", "31", true) == " \x1b[31ma b\x1b[0m  ");
  CHECK(styled(" a b  ", "31", false) == " a b  ");
  CHECK(styled("   ", "31", true) == "   ");
  CHECK(styled("a", reports::kPlainStyle, true) == "a");
  StyledLine line(true);
  line.add("  ", "31");
  line.add("x  ", "32");
  line.add("   ");
  CHECK(line.text() == "  \x1b[32mx\x1b[0m");
  CHECK(StyledLine(true).text().empty());
}

TEST_CASE("lanes next to each other differ, and none is red") {
  for (std::size_t lane = 0; lane < 20; ++lane) {
    CHECK(reports::lane_style(lane) != reports::lane_style(lane + 1));
    CHECK(reports::lane_style(lane).find("31") == std::string::npos);
  }
}

TEST_CASE("steps of the race are marked in whatever row they are") {
  const Paint paint{.colour = true, .race = model::RacePair{2, 6}};
  CHECK(paint.label_style(0, 1, false) == reports::kPlainStyle);
  CHECK(paint.label_style(1, 2, false) == reports::kRaceStyle);
  CHECK(paint.label_style(6, 6, true) == reports::kViolatedRaceStyle);
  CHECK(paint.label_style(3, 5, true) == reports::kViolatedStyle);
  CHECK(Paint{}.label_style(0, 9, false) == reports::kPlainStyle);
}

}  // namespace simcheck::test
