#include "reports/lane_table.hpp"

#include <algorithm>

#include "reports/plain_text.hpp"

namespace simcheck::reports {
namespace {

constexpr std::size_t kLaneWidthMin = 20;  // below that words break badly, and lines read better

std::vector<LaneColumn> lane_columns(const model::Trace& trace, const std::vector<Row>& rows) {
  std::vector<LaneColumn> lanes;
  for (const model::Lane& lane : trace.lanes) {
    const std::string heading = lane_heading(lane), waits_for = printable(lane.waits_for);
    lanes.push_back({.heading = heading,
                     .waits_for = waits_for,
                     .width = std::max({kLaneWidthMin, columns(heading), columns(waits_for)})});
  }
  for (std::size_t i = 0; i < trace.steps.size(); ++i) {
    LaneColumn& lane = lanes.at(trace.steps[i].lane);
    lane.first_step = std::min(lane.first_step, i);
    lane.last_step = i;
  }
  for (const Row& row : rows) {
    for (const Cell& cell : row.cells) {
      std::size_t& width = lanes.at(cell.lane).width;
      for (const std::string& phrase : cell.phrases) width = std::max(width, columns(phrase));
    }
  }
  return lanes;
}

// What changes most often comes first, for the last ones go when room is short.
std::vector<StateColumn> state_columns(const std::vector<Row>& rows) {
  std::vector<StateColumn> objects;
  for (const Row& row : rows) {
    for (const StateChange& change : row.state) {
      auto known = std::ranges::find(objects, change.object, &StateColumn::object);
      if (known == objects.end()) known = objects.insert(known, {.object = change.object});
      known->width = std::max({known->width, columns(change.values), columns(change.object)});
      ++known->changes;
    }
  }
  std::ranges::sort(objects, [](const StateColumn& a, const StateColumn& b) {
    return a.changes != b.changes ? a.changes > b.changes : a.object < b.object;
  });
  return objects;
}

// Takes from the widest lanes until all together have `room`; false if they cannot.
bool shrink_to(std::vector<LaneColumn>& lanes, std::size_t room) {
  if (lanes.size() * kLaneWidthMin > room) return false;
  std::size_t taken = 0;
  for (const LaneColumn& lane : lanes) taken += lane.width;
  for (; taken > room; --taken) --std::ranges::max_element(lanes, {}, &LaneColumn::width)->width;
  return true;
}

}  // namespace

std::optional<LaneTable> fit_table(const model::Trace& trace, const std::vector<Row>& rows,
                                   std::size_t width) {
  LaneTable table{.label_width = 4,  // "step"
                  .lanes = lane_columns(trace, rows),
                  .state = state_columns(rows)};
  for (const Row& row : rows) table.label_width = std::max(table.label_width, columns(row.label()));
  while (true) {
    std::size_t taken = kMarkWidth + table.label_width + table.lanes.size() * (kGap + kGutterWidth);
    for (const StateColumn& column : table.state) taken += kGap + column.width;
    if (taken < width && shrink_to(table.lanes, width - taken)) return table;
    if (table.state.empty()) return std::nullopt;
    table.state.pop_back();
  }
}

std::string lane_heading(const model::Lane& lane) {
  return printable(lane.title.empty() ? lane.name : lane.name + ": " + lane.title);
}

}  // namespace simcheck::reports
