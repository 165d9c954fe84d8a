#include "reports/lane_table.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "reports/plain_text.hpp"

namespace simcheck::reports {
namespace {

constexpr std::size_t kLaneWidthMin = 20;      // below that one line per step reads better
constexpr std::size_t kLaneWidthComfort = 24;  // below that state columns give way

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
      known->values_width = std::max(known->values_width, columns(change.values));
      ++known->changes;
    }
  }
  std::ranges::sort(objects, [](const StateColumn& a, const StateColumn& b) {
    return a.changes != b.changes ? a.changes > b.changes : a.object < b.object;
  });
  for (StateColumn& column : objects) {
    column.heading = {column.object};
    column.width = std::max(column.values_width, columns(column.object));
  }
  return objects;
}

// "cur_log_" above "sector": names are longer than values, and the lanes want the room.
void fold_heading(StateColumn& column) {
  std::vector<std::string> words;
  for (std::size_t at = 0; at < column.object.size();) {
    const std::size_t end = std::min(column.object.find('_', at), column.object.size() - 1) + 1;
    words.push_back(column.object.substr(at, end - at));
    at = end;
  }
  column.width = column.values_width;
  for (const std::string& word : words) column.width = std::max(column.width, columns(word));
  column.heading = {""};
  for (const std::string& word : words) {
    std::string& line = column.heading.back();
    if (!line.empty() && columns(line) + columns(word) > column.width) {
      column.heading.push_back(word);
    } else {
      line += word;
    }
  }
}

std::size_t width_of(const LaneTable& table) {
  std::size_t width = kMarkWidth + table.label_width;
  for (const LaneColumn& lane : table.lanes) width += kGap + kGutterWidth + lane.width;
  for (const StateColumn& column : table.state) width += kGap + column.width;
  return width;
}

// Takes from the widest lanes until the table fits; false if it cannot.
bool shrink_lanes(LaneTable& table, std::size_t width) {
  const std::size_t lane_min = table.state.empty() ? kLaneWidthMin : kLaneWidthComfort;
  std::size_t taken = width_of(table), spare = 0;
  for (const LaneColumn& lane : table.lanes) spare += lane.width - std::min(lane.width, lane_min);
  if (taken > width + spare) return false;
  for (; taken > width; --taken) {
    --std::ranges::max_element(table.lanes, {}, &LaneColumn::width)->width;
  }
  return true;
}

}  // namespace

std::optional<LaneTable> fit_table(const model::Trace& trace, const std::vector<Row>& rows,
                                   std::size_t width) {
  LaneTable table{.label_width = 4,  // "step"
                  .lanes = lane_columns(trace, rows),
                  .state = state_columns(rows)};
  for (const Row& row : rows) {
    if (row.left_out.empty()) table.label_width = std::max(table.label_width, columns(row.label()));
  }
  if (width_of(table) > width) std::ranges::for_each(table.state, fold_heading);
  while (!shrink_lanes(table, width)) {
    if (table.state.empty()) return std::nullopt;
    table.state.pop_back();
  }
  return table;
}

std::string lane_heading(const model::Lane& lane) {
  std::string heading = lane.name;
  if (lane.thread) heading += fmt::format(" (thread {})", *lane.thread);
  if (!lane.title.empty()) heading += ": " + lane.title;
  return printable(heading);
}

}  // namespace simcheck::reports
