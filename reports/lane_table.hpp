// How wide the columns of a table of lanes are, and which of them there are.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/result.hpp"
#include "reports/story.hpp"

namespace simcheck::reports {

inline constexpr std::size_t kMarkWidth = 2;    ///< "! ", in front of what breaks a property
inline constexpr std::size_t kGap = 2;          ///< between columns
inline constexpr std::size_t kGutterWidth = 2;  ///< "* ", "| ": what a lane does, before its words

struct LaneColumn {
  std::string heading;
  std::string waits_for;  ///< what keeps it from ever ending; empty if nothing does
  std::size_t width = 0;  ///< of its words
  std::size_t first_step = SIZE_MAX, last_step = 0;

  /// Between its first and last step, or stuck for good.
  bool is_alive(std::size_t step) const {
    return first_step <= step && (step <= last_step || !waits_for.empty());
  }
};

struct StateColumn {
  std::string object;
  std::vector<std::string> heading;  ///< the object's name, in lines
  std::size_t width = 0;
  std::size_t values_width = 0;
  std::size_t changes = 0;
};

struct LaneTable {
  std::size_t label_width = 0;
  std::vector<LaneColumn> lanes;
  std::vector<StateColumn> state;  ///< objects that change; the others have no column
};

/// Nothing if the lanes do not fit the width. Objects whose column would take room that the lanes
/// need get none.
std::optional<LaneTable> fit_table(const model::Trace& trace, const std::vector<Row>& rows,
                                   std::size_t width);

/// "A: zeroes 0 4k"; "A (thread 0): zeroes 0 4k" where there are several threads.
std::string lane_heading(const model::Lane& lane);

}  // namespace simcheck::reports
