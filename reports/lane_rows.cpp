#include "reports/lane_rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "reports/plain_text.hpp"

namespace simcheck::reports {
namespace {

using Lines = std::vector<std::string>;

std::string without_trailing_blanks(std::string line) {
  line.erase(line.find_last_not_of(' ') + 1);
  return line;
}

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

std::string lane_text(const LaneTable& table, const std::vector<Block>& blocks, std::size_t line) {
  std::string text;
  for (std::size_t lane = 0; lane < blocks.size(); ++lane) {
    const Block& block = blocks[lane];
    const char gutter = line > 0 && !block.words.empty() ? '|' : block.gutter;
    const std::string words = line < block.words.size() ? block.words[line] : "";
    text += fmt::format("{:{}}{} {}", "", kGap, gutter, padded(words, table.lanes[lane].width));
  }
  return text;
}

std::string state_text(const LaneTable& table, const Row& row) {
  std::string text;
  for (const StateColumn& column : table.state) {
    const std::string* values = values_of(row, column.object);
    text += std::string(kGap, ' ') + padded(values == nullptr ? "" : *values, column.width);
  }
  return text;
}

void add_row(Lines& lines, const LaneTable& table, const Row& row) {
  const std::vector<Block> blocks = blocks_of(table, row);
  std::size_t height = 1;
  for (const Block& block : blocks) height = std::max(height, block.words.size());
  const std::string mark = row.broken.empty() ? "  " : "! ";
  for (std::size_t line = 0; line < height; ++line) {
    std::string text =
        (line == 0 ? mark : "  ") + padded(line == 0 ? row.label() : "", table.label_width);
    text += lane_text(table, blocks, line);
    if (line == 0) text += state_text(table, row);
    lines.push_back(without_trailing_blanks(text));
  }
}

// Names of objects may take several lines, of which the last stands beside the lanes' headings.
Lines headings(const LaneTable& table) {
  std::size_t height = 1;
  for (const StateColumn& column : table.state) height = std::max(height, column.heading.size());
  Lines lines;
  for (std::size_t line = 0; line < height; ++line) {
    const bool is_last = line + 1 == height;
    std::string text =
        std::string(kMarkWidth, ' ') + padded(is_last ? "step" : "", table.label_width);
    for (const LaneColumn& lane : table.lanes) {
      const std::size_t width = lane.width + kGutterWidth;
      text += std::string(kGap, ' ') + padded(is_last ? clipped(lane.heading, width) : "", width);
    }
    for (const StateColumn& column : table.state) {
      const std::size_t above = height - column.heading.size();
      text += std::string(kGap, ' ') +
              padded(line < above ? "" : column.heading[line - above], column.width);
    }
    lines.push_back(without_trailing_blanks(text));
  }
  return lines;
}

// The last row of a deadlock: who waits for what.
void add_stuck(Lines& lines, const LaneTable& table) {
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
    const std::string label = padded(line == 0 ? "end" : "", table.label_width);
    lines.push_back(without_trailing_blanks("  " + label + lane_text(table, blocks, line)));
  }
}

}  // namespace

std::vector<std::string> table_lines(const LaneTable& table, const std::vector<Row>& rows) {
  Lines lines = headings(table);
  for (const Row& row : rows) add_row(lines, table, row);
  add_stuck(lines, table);
  return lines;
}

}  // namespace simcheck::reports
