#include "reports/lane_rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "reports/plain_text.hpp"

namespace simcheck::reports {
namespace {

using Lines = std::vector<std::string>;

// What one row puts into one lane.
struct Block {
  char gutter = ' ';
  Lines words;
};

const std::string* values_of(const Row& row, const std::string& object) {
  const auto change = std::ranges::find(row.state, object, &StateChange::object);
  return change == row.state.end() ? nullptr : &change->values;
}

bool has_column(const LaneTable& table, const std::string& object) {
  return std::ranges::find(table.state, object, &StateColumn::object) != table.state.end();
}

Lines words_of(const LaneTable& table, const Row& row, const Cell& cell) {
  Lines phrases = cell.phrases;
  for (const StateChange& change : row.state) {
    if (!has_column(table, change.object))
      phrases.push_back(firm(change.object + " " + change.values));
  }
  Lines words;
  for (const std::string& phrase : phrases) {
    std::ranges::move(wrapped(phrase, table.lanes[cell.lane].width, 2), std::back_inserter(words));
  }
  return words;
}

std::vector<Block> blocks_of(const LaneTable& table, const Row& row) {
  std::vector<Block> blocks(table.lanes.size());
  for (std::size_t lane = 0; lane < blocks.size(); ++lane) {
    if (table.lanes[lane].is_alive(row.first_step)) blocks[lane].gutter = '|';
  }
  for (const Cell& cell : row.cells) {
    blocks[cell.lane] = {cell.mark, words_of(table, row, cell)};
  }
  return blocks;
}

void add_lanes(StyledLine& text, const LaneTable& table, const std::vector<Block>& blocks,
               std::size_t line) {
  for (std::size_t lane = 0; lane < blocks.size(); ++lane) {
    const Block& block = blocks[lane];
    const char gutter = line > 0 && !block.words.empty() ? '|' : block.gutter;
    const std::string words = line < block.words.size() ? block.words[line] : "";
    text.add(fmt::format("{:{}}{} {}", "", kGap, gutter, padded(words, table.lanes[lane].width)),
             lane_style(lane));
  }
}

std::string state_text(const LaneTable& table, const Row& row) {
  std::string text;
  for (const StateColumn& column : table.state) {
    const std::string* values = values_of(row, column.object);
    text += std::string(kGap, ' ') + padded(values == nullptr ? "" : *values, column.width);
  }
  return text;
}

void add_row(Lines& lines, const LaneTable& table, const Row& row, const Paint& paint) {
  std::ranges::copy(row.left_out, std::back_inserter(lines));
  if (!row.left_out.empty()) return;
  const std::vector<Block> blocks = blocks_of(table, row);
  std::size_t height = 1;
  for (const Block& block : blocks) height = std::max(height, block.words.size());
  const bool breaks = !row.broken.empty();
  for (std::size_t line = 0; line < height; ++line) {
    StyledLine text(paint.colour);
    text.add(line == 0 && breaks ? "! " : "  ", kViolatedStyle);
    text.add(padded(line == 0 ? row.label() : "", table.label_width),
             paint.label_style(row.first_step, row.last_step, breaks));
    add_lanes(text, table, blocks, line);
    if (line == 0) text.add(state_text(table, row));
    lines.push_back(text.text());
  }
}

// Names of objects may take several lines, of which the last stands beside the lanes' headings.
Lines headings(const LaneTable& table, const Paint& paint) {
  std::size_t height = 1;
  for (const StateColumn& column : table.state) height = std::max(height, column.heading.size());
  Lines lines;
  for (std::size_t line = 0; line < height; ++line) {
    const bool is_last = line + 1 == height;
    StyledLine text(paint.colour);
    text.add(std::string(kMarkWidth, ' ') + padded(is_last ? "step" : "", table.label_width));
    for (std::size_t lane = 0; lane < table.lanes.size(); ++lane) {
      const std::size_t width = table.lanes[lane].width + kGutterWidth;
      const std::string heading = is_last ? clipped(table.lanes[lane].heading, width) : "";
      text.add(std::string(kGap, ' ') + padded(heading, width), lane_style(lane));
    }
    for (const StateColumn& column : table.state) {
      const std::size_t above = height - column.heading.size();
      text.add(std::string(kGap, ' ') +
               padded(line < above ? "" : column.heading[line - above], column.width));
    }
    lines.push_back(text.text());
  }
  return lines;
}

// The last row of a deadlock: who waits for what.
void add_stuck(Lines& lines, const LaneTable& table, const Paint& paint) {
  std::vector<Block> blocks;
  std::size_t height = 0;
  for (const LaneColumn& lane : table.lanes) {
    Block block;
    if (!lane.waits_for.empty()) {
      block = {'x', wrapped("waits for " + lane.waits_for, lane.width, 2)};
    }
    height = std::max(height, block.words.size());
    blocks.push_back(std::move(block));
  }
  for (std::size_t line = 0; line < height; ++line) {
    StyledLine text(paint.colour);
    text.add("  " + padded(line == 0 ? "end" : "", table.label_width));
    add_lanes(text, table, blocks, line);
    lines.push_back(text.text());
  }
}

}  // namespace

std::vector<std::string> table_lines(const LaneTable& table, const std::vector<Row>& rows,
                                     const Paint& paint) {
  Lines lines = headings(table, paint);
  for (const Row& row : rows) add_row(lines, table, row, paint);
  add_stuck(lines, table, paint);
  return lines;
}

}  // namespace simcheck::reports
