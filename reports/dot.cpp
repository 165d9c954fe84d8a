#include "reports/dot.hpp"

#include <fmt/format.h>

#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "reports/lane_table.hpp"
#include "reports/plain_text.hpp"
#include "reports/shown_executions.hpp"
#include "reports/step_text.hpp"
#include "reports/verdict.hpp"

namespace simcheck::reports {
namespace {

using model::Counterexample;
using model::TraceStep;

constexpr std::size_t kLabelWidth = 32;

// A quoted string; a newline in the text begins a new line, to the left.
std::string dot_string(std::string_view text) {
  std::string result = "\"";
  for (const char character : text) {
    if (character == '\n') {
      result += "\\l";
    } else {
      if (character == '"' || character == '\\') result += '\\';
      result += character;
    }
  }
  return result + "\"";
}

std::string step_label(std::size_t number, const TraceStep& step, const std::string& text,
                       const std::string& broken) {
  std::string label;
  for (const std::string& line : wrapped(fmt::format("{}  {}", number, text), kLabelWidth, 3))
    label += line + "\n";
  for (const model::Change& change : step.changes) {
    if (change.before == change.after) continue;
    label += fmt::format("   {} {} -> {}\n", printable(change.object), printable(change.before),
                         printable(change.after));
  }
  if (!broken.empty())
    for (const std::string& line : wrapped("! breaks " + broken, kLabelWidth, 3))
      label += line + "\n";
  return label;
}

// Where a property is broken, the line is doubled: colour alone would not tell everyone.
void write_node(std::ostream& out, std::size_t i, const std::string& label, bool breaks) {
  out << fmt::format("    s{} [label={}{}];\n", i + 1, dot_string(label),
                     breaks ? ", peripheries=2, color=red3, penwidth=2" : "");
}

void write_lane(std::ostream& out, const Counterexample& example, std::uint32_t lane) {
  const model::Trace& trace = example.trace;
  const std::vector<std::string> texts = step_texts(example), broken = broken_by_step(example);
  out << fmt::format("  subgraph cluster_{} {{\n    label={};\n", lane,
                     dot_string(printable(lane_heading(trace.lanes[lane]))));
  std::string chain;
  for (std::size_t i = 0; i < trace.steps.size(); ++i) {
    if (trace.steps[i].lane != lane) continue;
    write_node(out, i, step_label(i + 1, trace.steps[i], texts[i], broken[i]), !broken[i].empty());
    chain += fmt::format("{}s{}", chain.empty() ? "" : " -> ", i + 1);
  }
  if (!chain.empty()) out << "    " << chain << ";\n";
  out << "  }\n";
}

std::string title(const model::Result& result, const Counterexample& example) {
  std::string text = fmt::format("{}: {}\n", printable(result.driver), printable(example.workload));
  for (const model::Finding& finding : example.findings)
    text += fmt::format("violated: {}, {}\n", printable(finding.property),
                        moment_text(example, finding));
  return text;
}

// What is the race is told in a word as well as in colour. It need not be a dependence.
void write_edges(std::ostream& out, const Counterexample& example) {
  static constexpr const char* kRace = "label=race, color=red3, fontcolor=red3, penwidth=3";
  bool is_race_drawn = !example.race;
  for (std::size_t i = 0; i < example.trace.steps.size(); ++i) {
    for (const std::uint32_t earlier : example.trace.steps[i].depends_on) {
      const bool is_race = example.race == model::RacePair{earlier, i};
      is_race_drawn |= is_race;
      out << fmt::format("  s{} -> s{} [style=\"bold,dashed\", {}];\n", earlier + 1, i + 1,
                         is_race ? kRace : "color=blue3");
    }
  }
  if (!is_race_drawn)
    out << fmt::format("  s{} -> s{} [style=dashed, constraint=false, {}];\n",
                       example.race->first + 1, example.race->second + 1, kRace);
}

void write_graph(std::ostream& out, const model::Result& result, const Counterexample& example,
                 std::size_t number) {
  out << fmt::format("digraph {}_{} {{\n",
                     example.findings.empty() ? "execution" : "counterexample", number)
      << fmt::format("  graph [label={}, labelloc=t, labeljust=l, fontname=sans];\n",
                     dot_string(title(result, example)))
      << "  node [shape=box, fontname=monospace, fontsize=10];\n"
      << "  edge [arrowsize=0.7];\n";
  for (std::uint32_t lane = 0; lane < example.trace.lanes.size(); ++lane)
    write_lane(out, example, lane);
  write_edges(out, example);
  out << "}\n";
}

}  // namespace

void write_dot(std::ostream& out, const model::Result& result) {
  std::size_t number = 0;
  for (const Counterexample& example : shown_executions(result))
    write_graph(out, result, example, ++number);
  if (number > 0) return;
  out << fmt::format(
      "digraph no_counterexample {{\n  label={};\n}}\n",
      dot_string(fmt::format("{}: {}", printable(result.driver), verdict_line(result))));
}

}  // namespace simcheck::reports
