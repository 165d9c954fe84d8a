#include "reports/log_map_columns.hpp"

#include <algorithm>

namespace simcheck::reports {
namespace {

constexpr std::size_t kHeadingWidthMin = 2;
constexpr std::uint64_t kRunMin = 4;  // shorter segments are shown in full

void add_all(MapPart& columns, const Segment& segment) {
  for (std::uint64_t at = segment.begin; at < segment.end; ++at) columns.push_back({at});
}

void add_ends(MapPart& columns, const Segment& segment) {
  if (segment.end - segment.begin < kRunMin) return add_all(columns, segment);
  columns.insert(columns.end(), {{segment.begin}, {segment.begin + 1, true}, {segment.end - 1}});
}

std::size_t width_of(const MapPart& columns) {
  std::size_t width = 0;
  for (const MapColumn& column : columns) width += column.width();
  return width;
}

std::vector<MapPart> cut(const MapPart& columns, std::size_t room) {
  std::vector<MapPart> parts(1);
  std::size_t taken = 0;
  for (const MapColumn& column : columns) {
    if (taken + column.width() > room && !parts.back().empty()) {
      parts.emplace_back();
      taken = 0;
    }
    parts.back().push_back(column);
    taken += column.width();
  }
  return parts;
}

}  // namespace

std::string MapColumn::heading() const { return is_run ? ".." : std::to_string(sector); }

std::size_t MapColumn::width() const { return 1 + std::max(kHeadingWidthMin, heading().size()); }

std::vector<MapPart> map_parts(std::span<const Segment> segments, std::size_t room) {
  if (segments.empty()) return {};
  if (segments.back().end <= room) {  // else there may be too many to even list them
    MapPart all;
    for (const Segment& segment : segments) add_all(all, segment);
    if (width_of(all) <= room) return {all};
  }
  MapPart few;
  for (const Segment& segment : segments) add_ends(few, segment);
  return cut(few, room);
}

}  // namespace simcheck::reports
