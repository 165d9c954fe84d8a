#include "reports/step_lines.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "reports/lane_table.hpp"
#include "reports/plain_text.hpp"

namespace simcheck::reports {
namespace {

using Lines = std::vector<std::string>;

constexpr std::size_t kNameWidthMax = 16;

std::size_t name_width(const model::Trace& trace) {
  std::size_t width = 0;
  for (const model::Lane& lane : trace.lanes)
    width = std::max(width, columns(printable(lane.name)));
  return std::min(width, kNameWidthMax);
}

std::size_t label_width(const std::vector<Row>& rows) {
  std::size_t width = 3;  // "end"
  for (const Row& row : rows)
    if (row.left_out.empty()) width = std::max(width, columns(row.label()));
  return width;
}

Lines titles(const model::Trace& trace, std::size_t width) {
  Lines headings;
  for (const model::Lane& lane : trace.lanes) headings.push_back(firm(lane_heading(lane)));
  return wrapped("lanes: " + joined(headings), width, 7);
}

// In front of a row's first line.
struct Head {
  const char* mark;
  std::string label;
  Style style = kPlainStyle;
};

std::string sentence(const Row& row, const Cell& cell) {
  std::string text = joined(cell.phrases, "; ");
  for (const StateChange& change : row.state) {
    text += "; " + firm(change.object + " " + change.values);
  }
  return text;
}

}  // namespace

std::vector<std::string> step_lines(const model::Trace& trace, const std::vector<Row>& rows,
                                    std::size_t width, const Paint& paint) {
  const std::size_t labels = label_width(rows), names = name_width(trace);
  Lines lines = titles(trace, width);
  const auto add = [&](const Head& head, std::uint32_t lane, char gutter, const std::string& text) {
    const std::string name = clipped(printable(trace.lanes.at(lane).name), names);
    const std::string before = fmt::format("  {} {} ", padded(name, names), gutter);
    const std::size_t indent = kMarkWidth + labels + columns(before);
    const Lines words = wrapped(text, width - indent, 2);
    for (std::size_t i = 0; i < words.size(); ++i) {
      const bool is_first = i == 0;
      StyledLine line(paint.colour);
      line.add(is_first ? head.mark : "", kViolatedStyle);
      line.add(is_first ? padded(head.label, labels) : "", head.style);
      line.add(is_first ? before + words[i] : std::string(indent, ' ') + words[i],
               lane_style(lane));
      lines.push_back(line.text());
    }
  };
  for (const Row& row : rows) {
    std::ranges::copy(row.left_out, std::back_inserter(lines));
    for (const Cell& cell : row.cells) {
      const bool is_first = &cell == &row.cells.front(), breaks = !row.broken.empty();
      const Style style = paint.label_style(row.first_step, row.last_step, breaks);
      add({breaks ? "! " : "  ", is_first ? row.label() : "", style}, cell.lane, cell.mark,
          sentence(row, cell));
    }
  }
  for (std::uint32_t lane = 0; lane < trace.lanes.size(); ++lane) {
    const std::string waits_for = printable(trace.lanes[lane].waits_for);
    if (!waits_for.empty()) add({"  ", "end"}, lane, 'x', "waits for " + waits_for);
  }
  return lines;
}

}  // namespace simcheck::reports
