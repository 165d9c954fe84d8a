#include "reports/html.hpp"

#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>

#include "reports/counterexample.hpp"
#include "reports/html_parts.hpp"
#include "reports/json.hpp"
#include "reports/plain_text.hpp"
#include "reports/shown_executions.hpp"
#include "reports/summary.hpp"
#include "reports/verdict.hpp"

namespace simcheck::reports {
namespace {

using model::Result;
using model::Verdict;

constexpr std::size_t kPlainWidth = 100;
constexpr std::size_t kLeadWidthMax = 120;

// The page's classes; what a verdict is called stands beside them. Only a proof is green.
std::string class_of(const Result& result, Verdict verdict) {
  if (verdict == Verdict::kViolated) return "violated";
  const bool is_open =
      verdict != Verdict::kHolds || result.coverage.interrupted || stopped_at_violation(result);
  if (is_open) return "open";
  return is_complete(result) ? "holds" : "bounded";
}

std::string lead(const Result& result) {
  const std::string text =
      fmt::format("driver {}, {}", printable(result.driver), printable(result.workload_set));
  return html_escaped(clipped(text, kLeadWidthMax));
}

std::string promises(const Result& result) {
  std::string rows;
  for (const model::PropertyResult& property : result.properties) {
    const std::string reason =
        property.verdict != Verdict::kViolated || !result.counterexamples.empty()
            ? ""
            : fmt::format("<p>{}</p>", html_escaped(property.reason));
    rows += fmt::format("<tr><th scope=\"row\">{}</th><td class=\"{}\">{}{}</td></tr>\n",
                        html_escaped(printable(property.name)), class_of(result, property.verdict),
                        html_escaped(claim(result, property)), reason);
  }
  return rows;
}

std::string coverage(const Result& result) {
  std::string items;
  for (const auto& [label, text] : coverage_items(result)) {
    items += fmt::format("<dt>{}</dt><dd>{}</dd>\n", html_escaped(label), html_escaped(text));
  }
  return items;
}

// For readers who let no page run scripts.
std::string plain(const Result& result) {
  const auto shown = shown_executions(result);
  if (shown.empty()) return "";
  std::string text;
  for (const std::string& line :
       result.replayed ? execution_lines(shown.front(), {.width = kPlainWidth})
                       : counterexample_lines(result, shown.front(), {.width = kPlainWidth}))
    text += html_escaped(line) + "\n";
  return "<noscript><pre class=\"card plain\">" + text + "</pre></noscript>\n";
}

}  // namespace

std::string html_escaped(std::string_view text) {
  std::string escaped;
  for (const char character : text) {
    switch (character) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      case kFirmBlank:
        escaped += ' ';
        break;
      default:
        escaped += character;
    }
  }
  return escaped;
}

std::string html(const Result& result) {
  const std::map<std::string_view, std::string> values = {
      {"player", std::string(html_page("player"))},
      {"plain", plain(result)},
      {"promises", promises(result)},
      {"coverage", coverage(result)}};
  const std::string verdict = html_escaped(verdict_line(result));
  return html_document(
      {.title = "simcheck: " + verdict,
       .heading = fmt::format("<h1 class=\"verdict {}\">{}</h1>", class_of(result, result.verdict),
                              verdict),
       .lead = lead(result),
       .content =
           filled_in(html_page("report"), [&](std::string_view name) { return values.at(name); }),
       .result = embedded_json(to_json(result)),
       .start = "start"});
}

}  // namespace simcheck::reports
