#include "reports/long_trace.hpp"

#include <fmt/format.h>

#include <utility>

#include "reports/plain_text.hpp"

namespace simcheck::reports {
namespace {

constexpr std::size_t kTextIndent = 2, kHang = 4;

bool has_step(const Row& row, std::size_t step) {
  return row.first_step <= step && step <= row.last_step;
}

bool is_shown(const Row& row, const model::Counterexample& example) {
  const std::size_t steps = example.trace.steps.size();
  if (row.first_step < kStepsAtEnds || row.last_step >= steps - kStepsAtEnds) return true;
  const auto& race = example.race;
  return !row.broken.empty() ||
         (race && (has_step(row, race->first) || has_step(row, race->second)));
}

// Indented as the labels of steps are.
Row gap(std::size_t first_step, std::size_t last_step, std::string_view where, std::size_t width) {
  const std::string text =
      fmt::format("... {} left out; {}", counted(last_step - first_step + 1, "step"), where);
  std::vector<std::string> lines = wrapped(text, width - kTextIndent, kHang);
  for (std::string& line : lines) line.insert(0, kTextIndent, ' ');
  return {.first_step = first_step, .last_step = last_step, .left_out = std::move(lines)};
}

}  // namespace

std::vector<Row> shortened(std::vector<Row> rows, const model::Counterexample& example,
                           std::string_view where, std::size_t width) {
  if (example.trace.steps.size() <= kStepsShownMax) return rows;
  std::vector<Row> shown;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::size_t first = i;
    while (i < rows.size() && !is_shown(rows[i], example)) ++i;
    if (i > first)
      shown.push_back(gap(rows[first].first_step, rows[i - 1].last_step, where, width));
    if (i < rows.size()) shown.push_back(std::move(rows[i]));
  }
  return shown;
}

}  // namespace simcheck::reports
