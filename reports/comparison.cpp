#include "reports/comparison.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <ostream>

#include "reports/plain_text.hpp"

namespace simcheck::reports {
namespace {

using model::Verdict;
using nlohmann::ordered_json;

constexpr std::size_t kCellWidth = 13;  // "not exercised", "write, zeroes"
constexpr std::string_view kColumnGap = "  ";

std::string cell_in_words(const ComparedCell& cell, std::uint64_t interval_tried_first) {
  if (cell.verdict != Verdict::kViolated) return in_words(cell.verdict);
  std::string words = "broken:\n" + cell.workload;
  if (!cell.fault_plan.empty()) words += "\n" + cell.fault_plan;
  if (cell.super_interval != interval_tried_first)
    words += fmt::format("\nk = {}", cell.super_interval);
  return words;
}

std::size_t name_width(const Comparison& comparison) {
  std::size_t width = 0;
  for (const auto& property : comparison.properties)
    width = std::max(width, columns(printable(property.name)));
  return width;
}

// One row of the table: a few lines, since cells have some.
void write_row(std::ostream& out, std::string_view name, std::size_t width,
               const std::vector<std::string>& cells) {
  std::vector<std::vector<std::string>> wrapped_cells;
  std::size_t height = 1;
  for (const std::string& cell : cells) {
    wrapped_cells.push_back(wrapped(cell, kCellWidth));
    height = std::max(height, wrapped_cells.back().size());
  }
  for (std::size_t i = 0; i < height; ++i) {
    std::string line = padded(i == 0 ? name : "", width);
    for (const auto& lines : wrapped_cells) {
      line += kColumnGap;
      line += padded(i < lines.size() ? lines[i] : "", kCellWidth);
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out << line << '\n';
  }
}

void write_table(std::ostream& out, const Comparison& comparison) {
  const std::size_t width = name_width(comparison);
  std::vector<std::string> drivers;
  for (const std::string& driver : comparison.drivers) drivers.push_back(printable(driver));
  write_row(out, "", width, drivers);
  for (const ComparedProperty& property : comparison.properties) {
    std::vector<std::string> cells;
    for (const ComparedCell& cell : property.cells)
      cells.push_back(cell_in_words(cell, comparison.super_intervals.front()));
    write_row(out, printable(property.name), width, cells);
  }
}

void write_conditions(std::ostream& out, const Comparison& comparison, std::size_t width) {
  const std::size_t finished = finished_cells(comparison), all = all_cells(comparison);
  std::string text = finished == all
                         ? ""
                         : fmt::format("Interrupted: {} of {} cells are finished. ", finished, all);
  text += fmt::format(
      "Each cell is a check of its own: one driver, one property, every interleaving of "
      "{}, with --super-interval {} (k), up to the first violation.{}",
      workloads_in_words(comparison), fmt::join(comparison.super_intervals, ", "),
      std::ranges::all_of(comparison.properties, &std::string::empty, &ComparedProperty::options)
          ? ""
          : " Besides:");
  out << '\n' << joined(wrapped(text, width), "\n") << '\n';
  const std::size_t names = name_width(comparison);
  for (const ComparedProperty& property : comparison.properties) {
    if (property.options.empty()) continue;
    out << fmt::format("  {}  {}\n", padded(printable(property.name), names), property.options);
  }
}

void write_replays(std::ostream& out, const Comparison& comparison) {
  bool first = true;
  for (const ComparedProperty& property : comparison.properties) {
    for (const ComparedCell& cell : property.cells) {
      if (cell.verdict != Verdict::kViolated) continue;
      if (first) out << "\nSee what is broken with\n";
      first = false;
      out << "  " << cell.replay << '\n';
    }
  }
}

ordered_json cell_json(const ComparedCell& cell, const std::string& driver) {
  ordered_json json = {{"driver", driver}, {"verdict", to_string(cell.verdict)}};
  if (cell.verdict != Verdict::kViolated) return json;
  json["workload"] = cell.workload;
  json["fault_plan"] = cell.fault_plan;
  json["super_interval"] = cell.super_interval;
  json["reason"] = cell.reason;
  json["replay"] = cell.replay;
  return json;
}

}  // namespace

std::size_t all_cells(const Comparison& comparison) {
  return comparison.properties.size() * comparison.drivers.size();
}

std::size_t finished_cells(const Comparison& comparison) {
  std::size_t finished = 0;
  for (const ComparedProperty& property : comparison.properties)
    for (const ComparedCell& cell : property.cells)
      finished += cell.verdict == Verdict::kInterrupted ? 0 : 1;
  return finished;
}

std::string workloads_in_words(const Comparison& comparison) {
  if (comparison.workload.empty())
    return fmt::format("the default workloads of depth {}", comparison.depth);
  return fmt::format("the workload {} at depth {}", printable(comparison.workload),
                     comparison.depth);
}

std::string in_words(Verdict verdict) {
  return verdict == Verdict::kInterrupted ? "not finished" : to_string(verdict);
}

void write_text(std::ostream& out, const Comparison& comparison, std::size_t width) {
  write_table(out, comparison);
  write_conditions(out, comparison, width);
  write_replays(out, comparison);
}

void write_json(std::ostream& out, const Comparison& comparison) {
  ordered_json document = {{"format", "simcheck-comparison"},
                           {"version", 1},
                           {"program", comparison.program},
                           {"depth", comparison.depth},
                           {"super_intervals", comparison.super_intervals},
                           {"interrupted", finished_cells(comparison) != all_cells(comparison)},
                           {"drivers", comparison.drivers},
                           {"properties", ordered_json::array()}};
  for (const ComparedProperty& property : comparison.properties) {
    ordered_json json = {{"name", property.name},
                         {"options", property.options},
                         {"verdicts", ordered_json::array()}};
    for (std::size_t i = 0; i < property.cells.size(); ++i)
      json["verdicts"].push_back(cell_json(property.cells[i], comparison.drivers[i]));
    document["properties"].push_back(std::move(json));
  }
  out << document.dump(2, ' ', false, ordered_json::error_handler_t::replace) << '\n';
}

}  // namespace simcheck::reports
