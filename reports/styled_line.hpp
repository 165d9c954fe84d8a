// A line of text for a terminal that knows colours. Colours only repeat what the words say: without
// the escapes, it is the same text.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "model/result.hpp"

namespace simcheck::reports {

/// Parameters of the escape "select graphic rendition"; empty: none.
using Style = std::string_view;

inline constexpr Style kPlainStyle = "";
inline constexpr Style kViolatedStyle = "1;31";  ///< red stands for nothing else
inline constexpr Style kHoldsStyle = "1;32";
inline constexpr Style kDoubtStyle = "1;33";
inline constexpr Style kRaceStyle = "1;7";
inline constexpr Style kViolatedRaceStyle = "1;7;31";

/// A request's own, until there are more of them than colours.
Style lane_style(std::size_t lane);

/// How a counterexample is shown.
struct Paint {
  bool colour = false;
  std::optional<model::RacePair> race{};  ///< whose steps are marked

  /// Of the label of these steps.
  Style label_style(std::size_t first_step, std::size_t last_step, bool breaks) const;
};

/// The text in the style, if there is to be colour; blanks around it stay outside.
std::string styled(std::string_view text, Style style, bool colour);

class StyledLine {
 public:
  explicit StyledLine(bool colour) : colour_(colour) {}

  void add(std::string_view text, Style style = kPlainStyle);
  /// The line, without blanks at its end.
  std::string text() const;

 private:
  std::string text_;
  std::size_t end_ = 0;  // of what is no blank
  bool colour_;
};

}  // namespace simcheck::reports
