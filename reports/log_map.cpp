#include "reports/log_map.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "reports/log_layout.hpp"
#include "reports/plain_text.hpp"

namespace simcheck::reports {
namespace {

using model::PlacedEntry;
using Entries = std::vector<PlacedEntry>;
using Lines = std::vector<std::string>;

constexpr std::size_t kNameWidthMax = 12;
constexpr std::size_t kRunShownMin = 4;  // shorter runs of like sectors are shown in full

// A column of the map: a sector, or "..", which stands for the sectors between its neighbours.
struct Column {
  std::uint64_t sector = 0;
  bool is_run = false;
};

struct Line {
  std::string label;
  std::function<std::string(const Column&)> cell;
  bool always_shown = false;  ///< even in a part of the map where it is blank
};

bool is_upper(char character) { return character >= 'A' && character <= 'Z'; }

// The lane's letter: its name where that is one, else by its number.
char letter(const model::Trace& trace, const PlacedEntry& entry) {
  const std::string& name = trace.lanes.at(entry.lane).name;
  if (name.size() == 1 && is_upper(name.front())) return name.front();
  return static_cast<char>('A' + entry.lane % 26);
}

char small(char upper) { return static_cast<char>(upper - 'A' + 'a'); }

std::string entry_name(const model::Trace& trace, const PlacedEntry& entry) {
  const std::string name = printable(trace.lanes.at(entry.lane).name);
  return "entry of " + clipped(name, kNameWidthMax);
}

// What the device holds there: a header, data, nothing, or several things at once.
std::string placed_at(const model::Trace& trace, std::uint64_t sector) {
  std::string found = sector == 0 ? "S" : "";
  for (const PlacedEntry& entry : trace.entries) {
    if (entry.header_sector == sector) found += letter(trace, entry);
    if (data_lies_at(entry, sector)) found += small(letter(trace, entry));
  }
  return found.empty() ? "." : found.size() == 1 ? found : "*";
}

std::string claimed_at(const model::Trace& trace, const PlacedEntry& entry, std::uint64_t sector) {
  if (!claims(entry, sector)) return "";
  const char upper = letter(trace, entry);
  return std::string(1, sector == entry.header_sector ? upper : small(upper));
}

std::vector<Column> all_columns(const std::vector<Segment>& segments) {
  std::vector<Column> columns;
  for (const Segment& segment : segments) {
    for (std::uint64_t at = segment.begin; at < segment.end; ++at) columns.push_back({at});
  }
  return columns;
}

std::vector<Column> few_columns(const std::vector<Segment>& segments) {
  std::vector<Column> columns;
  for (const Segment& segment : segments) {
    if (segment.end - segment.begin < kRunShownMin) {
      for (std::uint64_t at = segment.begin; at < segment.end; ++at) columns.push_back({at});
    } else {
      columns.insert(columns.end(),
                     {{segment.begin}, {segment.begin + 1, true}, {segment.end - 1}});
    }
  }
  return columns;
}

std::vector<Line> lines_of(const model::Trace& trace) {
  std::vector<Line> lines = {
      {"sector", [](const Column& at) { return at.is_run ? ".." : std::to_string(at.sector); },
       true},
      {"placed", [&](const Column& at) { return placed_at(trace, at.sector); }, true}};
  for (std::size_t i = 0; i < trace.entries.size(); ++i) {
    lines.push_back({entry_name(trace, trace.entries[i]), [&trace, i](const Column& at) {
                       return claimed_at(trace, trace.entries[i], at.sector);
                     }});
  }
  lines.push_back({"overlap", [&](const Column& at) {
                     return is_overlap(trace.entries, at.sector) ? "^" : "";
                   }});
  return lines;
}

// One part of the map: the columns that fit side by side.
void add_part(Lines& out, const std::vector<Line>& lines, std::span<const Column> columns,
              std::size_t label_width, std::size_t column_width) {
  for (const Line& line : lines) {
    std::string text = padded(line.label, label_width);
    bool is_blank = true;
    for (const Column& column : columns) {
      const std::string cell = line.cell(column);
      is_blank = is_blank && cell.empty();
      text += right_aligned(cell, column_width);
    }
    text.erase(text.find_last_not_of(' ') + 1);
    if (line.always_shown || !is_blank) out.push_back(text);
  }
}

}  // namespace

std::vector<std::string> log_map(const model::Trace& trace, std::size_t width) {
  if (trace.entries.empty()) return {};
  const std::vector<Segment> alike = segments(trace.entries);
  const std::vector<Line> lines = lines_of(trace);
  std::size_t label_width = 0;
  for (const Line& line : lines) label_width = std::max(label_width, columns(line.label));
  const std::size_t column_width =
      1 + std::max<std::size_t>(2, std::to_string(alike.back().end - 1).size());
  const std::size_t room = width > label_width ? (width - label_width) / column_width : 0;
  const std::size_t per_part = std::max<std::size_t>(room, 1);
  const auto shown = alike.back().end <= per_part ? all_columns(alike) : few_columns(alike);
  Lines out;
  for (std::size_t at = 0; at < shown.size(); at += per_part) {
    if (at > 0) out.emplace_back();
    const std::size_t count = std::min(per_part, shown.size() - at);
    add_part(out, lines, std::span(shown).subspan(at, count), label_width, column_width);
  }
  return out;
}

}  // namespace simcheck::reports
