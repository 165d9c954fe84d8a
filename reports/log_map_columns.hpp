// Which sectors of a log a map shows, and how they are spread over lines that fit a terminal.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "reports/log_layout.hpp"

namespace simcheck::reports {

/// A column of the map: a sector, or "..", which stands for all sectors between its neighbours.
struct MapColumn {
  std::uint64_t sector = 0;
  bool is_run = false;

  std::string heading() const;
  /// With the blank in front of it.
  std::size_t width() const;
};

using MapPart = std::vector<MapColumn>;

/// Every sector if they fit side by side into `room`; else long segments are abbreviated and the
/// map is cut into parts that do. No part is empty.
std::vector<MapPart> map_parts(std::span<const Segment> segments, std::size_t room);

}  // namespace simcheck::reports
