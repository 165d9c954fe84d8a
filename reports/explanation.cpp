#include "reports/explanation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "reports/long_trace.hpp"
#include "reports/plain_text.hpp"
#include "reports/reader_story.hpp"
#include "reports/story.hpp"

namespace simcheck::reports {
namespace {

using Lines = std::vector<std::string>;

void append(Lines& lines, const std::string& text, std::size_t width, std::size_t indent = 0) {
  for (std::string& line : wrapped(text, width, indent)) lines.push_back(std::move(line));
}

// Who is who. What has a name alone, such as the power, introduces itself.
std::string cast(const model::Trace& trace) {
  Lines who;
  for (const model::Lane& lane : trace.lanes) {
    if (lane.title.empty()) continue;
    who.push_back(fmt::format("{} is {}", printable(lane.name), printable(lane.title)));
  }
  return joined(who, "; ") + ".";
}

std::string state_sentence(const std::vector<StateChange>& state) {
  Lines changes;
  for (const StateChange& change : state)
    changes.push_back(fmt::format("{} {}", change.object, change.values));
  return changes.empty() ? "" : " [" + joined(changes, ", ") + "]";
}

// Rows are what one or more lanes do together.
std::string row_sentence(const Row& row, const model::Trace& trace) {
  Lines clauses;
  for (const Cell& cell : row.cells) {
    clauses.push_back(printable(trace.lanes.at(cell.lane).name) + ": " +
                      joined(cell.phrases, "; "));
  }
  return fmt::format("{}. {}{}", row.label(), joined(clauses, ". "), state_sentence(row.state));
}

void append_steps(Lines& lines, const model::Counterexample& example, std::size_t width) {
  for (const Row& row : shortened(story(example, false), example, "the trace holds them", width)) {
    std::ranges::copy(row.left_out, std::back_inserter(lines));
    if (row.left_out.empty()) append(lines, row_sentence(row, example.trace), width, 4);
  }
}

std::string finding_sentence(const model::Trace& trace, const model::Finding& finding) {
  std::string when = "In the end";
  if (finding.step < trace.steps.size()) {
    when = fmt::format("In step {}", finding.step + 1);
    const std::string& source = trace.steps[finding.step].source;
    if (!source.empty()) when += fmt::format(", at {},", printable(source));
  }
  return fmt::format("{} it breaks {}: {}.", when, printable(finding.property),
                     printable(finding.reason));
}

std::string race_sentence(const model::Counterexample& example) {
  const model::Trace& trace = example.trace;
  const auto& [first, second] = *example.race;
  return fmt::format(
      "The race is between step {} ({}) and step {} ({}): had the latter come first, nothing would "
      "be broken.",
      first + 1, step_clause(trace, first), second + 1, step_clause(trace, second));
}

}  // namespace

std::string step_clause(const model::Trace& trace, std::size_t step) {
  const model::TraceStep& what = trace.steps.at(step);
  return printable(trace.lanes.at(what.lane).name) + ": " +
         joined(cell_of(what, trace).phrases, "; ");
}

Lines explanation(const model::Counterexample& example, std::size_t width) {
  const model::Trace& trace = example.trace;
  Lines lines;
  append(lines, cast(trace), width);
  if (!example.fault_plan.empty())
    append(lines, fmt::format("Faults: {}.", printable(example.fault_plan)), width);
  lines.emplace_back();
  append_steps(lines, example, width);
  for (const model::Lane& lane : trace.lanes) {
    if (lane.waits_for.empty()) continue;
    append(
        lines,
        fmt::format("In the end {} waits for {}.", printable(lane.name), printable(lane.waits_for)),
        width);
  }
  lines.emplace_back();
  for (const model::Finding& finding : example.findings)
    append(lines, finding_sentence(trace, finding), width);
  if (example.findings.empty()) append(lines, "It breaks nothing.", width);
  const std::string reader = reader_story(trace);
  if (!reader.empty()) append(lines, reader, width);
  if (example.race) append(lines, race_sentence(example), width);
  return lines;
}

}  // namespace simcheck::reports
