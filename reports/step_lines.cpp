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
  for (const Row& row : rows) width = std::max(width, columns(row.label()));
  return width;
}

Lines titles(const model::Trace& trace, std::size_t width) {
  Lines headings;
  for (const model::Lane& lane : trace.lanes) headings.push_back(firm(lane_heading(lane)));
  return wrapped("lanes: " + joined(headings), width, 7);
}

std::string sentence(const Row& row, const Cell& cell) {
  std::string text = joined(cell.phrases, "; ");
  for (const StateChange& change : row.state) {
    text += "; " + firm(change.object + " " + change.values);
  }
  return text;
}

}  // namespace

std::vector<std::string> step_lines(const model::Trace& trace, const std::vector<Row>& rows,
                                    std::size_t width) {
  const std::size_t labels = label_width(rows), names = name_width(trace);
  Lines lines = titles(trace, width);
  const auto add = [&](char mark, const std::string& label, std::uint32_t lane, char gutter,
                       const std::string& text) {
    const std::string head =
        fmt::format("{} {}  {} {} ", mark, padded(label, labels),
                    padded(clipped(printable(trace.lanes.at(lane).name), names), names), gutter);
    Lines words = wrapped(text, width - columns(head), 2);
    lines.push_back(head + words.front());
    for (std::size_t i = 1; i < words.size(); ++i) {
      lines.push_back(std::string(columns(head), ' ') + words[i]);
    }
  };
  for (const Row& row : rows) {
    for (const Cell& cell : row.cells) {
      const bool is_first = &cell == &row.cells.front();
      add(row.broken.empty() ? ' ' : '!', is_first ? row.label() : "", cell.lane, cell.mark,
          sentence(row, cell));
    }
  }
  for (std::uint32_t lane = 0; lane < trace.lanes.size(); ++lane) {
    const std::string waits_for = printable(trace.lanes[lane].waits_for);
    if (!waits_for.empty()) add(' ', "end", lane, 'x', "waits for " + waits_for);
  }
  return lines;
}

}  // namespace simcheck::reports
