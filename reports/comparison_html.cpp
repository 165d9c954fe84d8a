#include "reports/comparison_html.hpp"

#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>
#include <string_view>

#include "reports/html.hpp"
#include "reports/html_parts.hpp"
#include "reports/json.hpp"
#include "reports/plain_text.hpp"

namespace simcheck::reports {
namespace {

using model::Verdict;
using nlohmann::ordered_json;

// There is something to step through.
bool has_story(const ComparedCell& cell) {
  return cell.verdict == Verdict::kViolated && !cell.result.counterexamples.empty() &&
         !cell.result.counterexamples.front().trace.steps.empty();
}

std::string shown(std::string_view text) { return html_escaped(printable(text)); }

std::string detail(std::string_view text) {
  return text.empty() ? "" : fmt::format("<span class=\"detail\">{}</span>", shown(text));
}

// Read out of its row and column, too. `number` is that of the counterexample, from 1; the page's
// script counts the links alike.
std::string link(const ComparedCell& cell, const std::string& property, std::size_t number) {
  return fmt::format("<a href=\"#{}\" aria-label=\"broken: {}, {}\">broken</a>", number,
                     shown(property), shown(cell.result.driver));
}

std::string broken_cell(const ComparedCell& cell, const std::string& words,
                        bool is_first_interval) {
  return fmt::format("<td class=\"violated\">{}{}{}{}</td>", words, detail(cell.workload),
                     detail(cell.fault_plan),
                     detail(is_first_interval ? "" : fmt::format("k = {}", cell.super_interval)));
}

std::string cell_text(const ComparedCell& cell) {
  return fmt::format("<td class=\"{}\">{}</td>", cell.verdict == Verdict::kHolds ? "holds" : "open",
                     html_escaped(in_words(cell.verdict)));
}

std::string rows(const Comparison& comparison) {
  std::string text;
  std::size_t stories = 0;
  for (const ComparedProperty& property : comparison.properties) {
    text += fmt::format("<tr><th scope=\"row\">{}</th>", shown(property.name));
    for (const ComparedCell& cell : property.cells) {
      const bool is_first_interval = cell.super_interval == comparison.super_intervals.front();
      if (cell.verdict != Verdict::kViolated) {
        text += cell_text(cell);
      } else {
        const std::string words = has_story(cell) ? link(cell, property.name, ++stories) : "broken";
        text += broken_cell(cell, words, is_first_interval);
      }
    }
    text += "</tr>\n";
  }
  return text;
}

std::string headings(const Comparison& comparison) {
  std::string text;
  for (const std::string& driver : comparison.drivers)
    text += fmt::format("<th scope=\"col\">{}</th>", shown(driver));
  return text;
}

std::string lead(const Comparison& comparison) {
  return fmt::format("{} and {}, each pair on its own",
                     counted(comparison.drivers.size(), "driver"),
                     comparison.properties.size() == 1
                         ? "1 property"
                         : fmt::format("{} properties", comparison.properties.size()));
}

std::string conditions(const Comparison& comparison) {
  const std::size_t finished = finished_cells(comparison), all = all_cells(comparison);
  const std::string lead =
      finished == all ? ""
                      : fmt::format("Interrupted: {} of {} cells are finished. ", finished, all);
  return html_escaped(fmt::format(
      "{}Each cell is a check of its own: every interleaving of {}, "
      "with --super-interval {} (k), up to the first violation. Besides:",
      lead, workloads_in_words(comparison), fmt::join(comparison.super_intervals, ", ")));
}

std::string options(const Comparison& comparison) {
  std::string items;
  for (const ComparedProperty& property : comparison.properties) {
    if (property.options.empty()) continue;
    items += fmt::format("<dt>{}</dt><dd><code>{}</code></dd>\n", shown(property.name),
                         shown(property.options));
  }
  return items;
}

// In the order of the links. Each says what the page of a single check has elsewhere.
ordered_json stories(const Comparison& comparison) {
  ordered_json all = ordered_json::array();
  for (const ComparedProperty& property : comparison.properties) {
    for (const ComparedCell& cell : property.cells) {
      if (!has_story(cell)) continue;
      ordered_json story = to_json(cell.result, cell.result.counterexamples.front());
      story["driver"] = cell.result.driver;
      story["threads"] = cell.result.threads;
      all.push_back(std::move(story));
    }
  }
  return {{"counterexamples", std::move(all)}};
}

// For readers who let no page run scripts.
std::string plain(const Comparison& comparison) {
  std::string lines;
  for (const ComparedProperty& property : comparison.properties)
    for (const ComparedCell& cell : property.cells)
      if (cell.verdict == Verdict::kViolated) lines += html_escaped(cell.replay) + "\n";
  if (lines.empty()) return "";
  return "<noscript><p class=\"conditions\">See what is broken with</p><pre class=\"card plain\">" +
         lines + "</pre></noscript>\n";
}

}  // namespace

std::string html(const Comparison& comparison) {
  const std::map<std::string_view, std::string> values = {
      {"drivers", headings(comparison)},
      {"rows", rows(comparison)},
      {"conditions", conditions(comparison)},
      {"options", options(comparison)},
      {"player", std::string(html_page("player"))},
      {"plain", plain(comparison)}};
  return html_document(
      {.title = "simcheck: which driver keeps which promise",
       .heading = "<h1>Which driver keeps which promise</h1>",
       .lead = lead(comparison),
       .content =
           filled_in(html_page("verdicts"), [&](std::string_view name) { return values.at(name); }),
       .result = embedded_json(stories(comparison)),
       .start = "startVerdicts"});
}

}  // namespace simcheck::reports
