#include "reports/summary.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "reports/faults.hpp"
#include "reports/plain_text.hpp"
#include "reports/sampling.hpp"
#include "reports/states.hpp"
#include "reports/styled_line.hpp"
#include "reports/verdict.hpp"

namespace simcheck::reports {
namespace {

using model::Result;
using Lines = std::vector<std::string>;

constexpr std::size_t kPropertyWidthMax = 30;

// "label   text", the text's further lines below its first.
void add(Lines& lines, const std::string& label, std::size_t label_width, const std::string& text,
         std::size_t width) {
  const std::string head = padded(clipped(label, label_width), label_width) + "  ";
  bool is_first = true;
  for (const std::string& line : wrapped(text, width - columns(head))) {
    lines.push_back((is_first ? head : std::string(columns(head), ' ')) + line);
    is_first = false;
  }
}

std::string workloads_text(const Result& result) {
  const std::string total = counted(result.workloads_total, "workload");
  const std::string set = printable(result.workload_set);
  if (result.workloads_done == result.workloads_total) return fmt::format("{} ({})", set, total);
  return fmt::format("{} ({} of {})", set, grouped(result.workloads_done), total);
}

std::string strategy_text(const Result& result) {
  if (result.reductions.empty()) return printable(result.strategy) + ", no reductions";
  return fmt::format("{}, with {}", printable(result.strategy),
                     printable(joined(result.reductions)));
}

std::string counts_text(const model::Counts& counts) {
  return fmt::format("{} ({} deadlocked), {} blocked, {}", counted(counts.executions, "execution"),
                     grouped(counts.deadlocked), grouped(counts.blocked),
                     counted(counts.transitions, "transition"));
}

std::string crashes_text(const Result& result) {
  const model::CrashCounts& crashes = *result.crashes;
  const bool all_counted = crashes.images != UINT64_MAX;
  std::string text = fmt::format(
      "at any step, {}: {}, {} run for {}{}", result.durability, counted(crashes.states, "state"),
      crashes.recoveries == 1 ? "1 recovery" : grouped(crashes.recoveries) + " recoveries",
      all_counted ? "" : "at least ", counted(crashes.images, "image"));
  if (!result.recovery.empty()) text += fmt::format("; recovery: {}", printable(result.recovery));
  if (result.cuts > 1)
    text += fmt::format(", cut again in {} (at most {} cuts)", grouped(crashes.recoveries_cut),
                        result.cuts);
  return text;
}

}  // namespace

Labelled coverage_items(const Result& result) {
  Labelled items = {{"driver", printable(result.driver)}};
  if (result.threads > 1)
    items.push_back({"threads", fmt::format("{}, request by request in turn", result.threads)});
  items.push_back({"workloads", workloads_text(result)});
  if (!result.settings.empty()) items.push_back({"settings", printable(result.settings)});
  if (!result.initial_log.empty())
    items.push_back({"log", "at the start " + printable(result.initial_log)});
  if (result.faults) items.push_back({"faults", faults_text(result)});
  items.push_back({"explored", extent(result)});
  items.push_back({"strategy", strategy_text(result)});
  items.push_back({"counts", counts_text(result.counts)});
  if (result.crashes) items.push_back({"power cut", crashes_text(result)});
  if (result.visited) items.push_back({"states", all_states_text(*result.visited)});
  if (!result.sampling) return items;
  items.push_back({"sampled", sampling_text(*result.sampling)});
  const std::string odds = odds_text(result);
  if (!odds.empty()) items.push_back({"odds", odds});
  return items;
}

Lines coverage_lines(const Result& result, std::size_t width) {
  static constexpr std::size_t kLabelWidth = 9;
  Lines lines;
  for (const auto& [label, text] : coverage_items(result)) {
    add(lines, label, kLabelWidth, text, width);
  }
  return lines;
}

Lines property_lines(const Result& result, std::size_t width, bool colour) {
  std::size_t names = 0;
  for (const auto& property : result.properties) {
    names = std::max(names, columns(printable(property.name)));
  }
  Lines lines;
  for (const auto& property : result.properties) {
    Lines about;
    add(about, printable(property.name), std::min(names, kPropertyWidthMax),
        claim(result, property), width);
    const bool is_violated = property.verdict == model::Verdict::kViolated;
    for (const std::string& line : about)
      lines.push_back(styled(line, is_violated ? kViolatedStyle : kPlainStyle, colour));
  }
  return lines;
}

Lines workload_lines(const Result& result, std::size_t width) {
  Lines lines;
  for (const auto& workload : result.workloads) {
    const std::string verdict = workload.violated ? "violated, " : "";
    const std::string traces = workload.sampled ? ", " + traces_text(*workload.sampled) : "";
    const std::string states = workload.visited ? ", " + states_text(*workload.visited) : "";
    const auto texts = wrapped(fmt::format("{}: {}{}{}{}", printable(workload.workload), verdict,
                                           counts_text(workload.counts), traces, states),
                               width, 4);
    lines.insert(lines.end(), texts.begin(), texts.end());
  }
  return lines;
}

}  // namespace simcheck::reports
