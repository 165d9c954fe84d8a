#include "reports/log_map.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <string_view>

#include "reports/log_layout.hpp"
#include "reports/log_map_columns.hpp"
#include "reports/plain_text.hpp"
#include "reports/styled_line.hpp"

namespace simcheck::reports {
namespace {

using model::PlacedEntry;
using Entries = std::vector<PlacedEntry>;
using Lines = std::vector<std::string>;

constexpr std::size_t kEntryWidthMax = 12;
constexpr std::string_view kLeftOut =
    "(Sectors that one entry alone claims are left out; -v shows them.)";

struct Line {
  std::string label;
  std::function<std::string(const MapColumn&)> cell;
  std::function<Style(const MapColumn&)> style;
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
  return "entry of " + clipped(name, kEntryWidthMax);
}

// What the device holds there: a header, data, nothing, or several things at once.
std::string placed_at(const model::Trace& trace, std::uint64_t sector) {
  std::string found = sector == 0 ? "S" : "";
  for (const PlacedEntry& entry : trace.entries) {
    if (entry.header_sector == sector) found += entry.header_failed ? '!' : letter(trace, entry);
    if (data_lies_at(entry, sector)) found += small(letter(trace, entry));
  }
  if (sector > 0 && sector < trace.first_log_sector) found += 'o';
  return found.empty() ? "." : found.size() == 1 ? found : "*";
}

std::string claimed_at(const model::Trace& trace, const PlacedEntry& entry, std::uint64_t sector) {
  if (!claims(entry, sector)) return "";
  const char upper = letter(trace, entry);
  return std::string(1, sector == entry.header_sector ? upper : small(upper));
}

// The lane's whose it is alone; what several claim is overlapped.
Style style_at(const model::Trace& trace, std::uint64_t sector) {
  if (is_overlap(trace.entries, sector)) return kViolatedStyle;
  const auto is_here = [&](const PlacedEntry& entry) {
    return entry.header_sector == sector || data_lies_at(entry, sector);
  };
  const auto entry = std::ranges::find_if(trace.entries, is_here);
  return entry == trace.entries.end() ? kPlainStyle : lane_style(entry->lane);
}

std::vector<Line> lines_of(const model::Trace& trace) {
  std::vector<Line> lines = {
      {"sector", [](const MapColumn& at) { return at.heading(); },
       [](const MapColumn&) { return kPlainStyle; }, true},
      {"placed", [&](const MapColumn& at) { return placed_at(trace, at.sector); },
       [&](const MapColumn& at) { return style_at(trace, at.sector); }, true}};
  for (std::size_t i = 0; i < trace.entries.size(); ++i) {
    if (trace.entries[i].header_failed) continue;  // it claims nothing
    lines.push_back({entry_name(trace, trace.entries[i]),
                     [&trace, i](const MapColumn& at) {
                       return claimed_at(trace, trace.entries[i], at.sector);
                     },
                     [&trace, i](const MapColumn& at) {
                       return is_overlap(trace.entries, at.sector)
                                  ? kViolatedStyle
                                  : lane_style(trace.entries[i].lane);
                     }});
  }
  lines.push_back(
      {"overlap",
       [&](const MapColumn& at) { return is_overlap(trace.entries, at.sector) ? "^" : ""; },
       [](const MapColumn&) { return kViolatedStyle; }});
  return lines;
}

void add_part(Lines& out, const std::vector<Line>& lines, const MapPart& part,
              std::size_t label_width, bool colour) {
  for (const Line& line : lines) {
    StyledLine text(colour);
    text.add(padded(line.label, label_width));
    bool is_blank = true;
    for (const MapColumn& column : part) {
      const std::string cell = line.cell(column);
      is_blank = is_blank && cell.empty();
      text.add(right_aligned(cell, column.width()), line.style(column));
    }
    if (line.always_shown || !is_blank) out.push_back(text.text());
  }
}

}  // namespace

std::vector<std::string> log_map(const model::Trace& trace, const LogMapOptions& options) {
  if (trace.entries.empty()) return {};
  const std::vector<Line> lines = lines_of(trace);
  std::size_t label_width = 0;
  for (const Line& line : lines) label_width = std::max(label_width, columns(line.label));
  const std::size_t room = options.width - std::min(options.width, label_width);
  std::vector<MapPart> parts = map_parts(segments(trace.entries), room);
  const std::size_t all = parts.size();
  const auto is_dull = [&](const MapPart& part) {
    return std::ranges::all_of(part, [&](const MapColumn& column) {
      return is_claimed_once(trace.entries, column.sector);
    });
  };
  if (!options.every_part && !std::ranges::all_of(parts, is_dull)) std::erase_if(parts, is_dull);
  Lines out;
  for (const MapPart& part : parts) {
    if (&part != &parts.front()) out.emplace_back();
    add_part(out, lines, part, label_width, options.colour);
  }
  if (parts.size() < all) {
    out.emplace_back();
    for (const std::string& line : wrapped(kLeftOut, options.width)) out.push_back(line);
  }
  return out;
}

}  // namespace simcheck::reports
