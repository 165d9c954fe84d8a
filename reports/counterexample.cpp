#include "reports/counterexample.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "reports/lanes.hpp"
#include "reports/log_layout.hpp"
#include "reports/log_map.hpp"
#include "reports/plain_text.hpp"
#include "reports/reader_story.hpp"
#include "reports/replay_line.hpp"
#include "reports/story.hpp"
#include "reports/styled_line.hpp"

namespace simcheck::reports {
namespace {

using model::Counterexample;
using model::Finding;
using Lines = std::vector<std::string>;

constexpr std::size_t kIndent = 2;

void append(Lines& lines, Lines more) { std::ranges::move(more, std::back_inserter(lines)); }

void append_indented(Lines& lines, const Lines& more) {
  for (const std::string& line : more) {
    lines.push_back(line.empty() ? "" : std::string(kIndent, ' ') + line);
  }
}

std::size_t requests_of(const model::Trace& trace) {
  return static_cast<std::size_t>(std::ranges::count_if(
      trace.lanes, [](const model::Lane& lane) { return !lane.title.empty(); }));
}

std::string faults_text(const Counterexample& counterexample) {
  if (counterexample.fault_plan.empty()) return "";
  return fmt::format(", with {}", printable(counterexample.fault_plan));
}

Lines header(const Counterexample& counterexample, std::size_t width) {
  const model::Trace& trace = counterexample.trace;
  const std::size_t requests = requests_of(trace);
  const std::string who =
      requests > 0 ? counted(requests, "request") : counted(trace.lanes.size(), "fiber");
  return wrapped(fmt::format("{}, {} in {}{}{}: {}",
                             counterexample.findings.empty() ? "Execution" : "Counterexample", who,
                             counted(trace.steps.size(), "step"),
                             counterexample.deadlock ? ", ending in a deadlock" : "",
                             faults_text(counterexample), printable(counterexample.workload)),
                 width, kIndent);
}

// What shrinking removed; nothing if that was nothing.
Lines shrunk_lines(const Counterexample& counterexample, std::size_t width) {
  if (!counterexample.shrunk) return {};
  const auto& [before, after, candidates, limit_reached] = *counterexample.shrunk;
  if (before == after) return {};
  std::vector<std::string> parts;
  const auto add = [&](std::size_t from, std::size_t to, std::string_view what) {
    if (from > to) parts.push_back(fmt::format("{} {}", grouped(from), what));
  };
  add(before.requests, after.requests, "requests");
  add(before.faults, after.faults, "faults");
  add(before.steps, after.steps, "steps");
  add(before.switches, after.switches, "context switches");
  if (parts.empty()) return {};
  Lines lines = {""};
  append(lines, wrapped(fmt::format("Made smaller: it had {} ({} tried{})", joined(parts),
                                    counted(candidates, "execution"),
                                    limit_reached ? ", the limit of --shrink-limit" : ""),
                        width, kIndent));
  return lines;
}

bool is_cut(const model::Trace& trace) {
  return !trace.steps.empty() && trace.steps.back().kind == model::StepKind::kCut;
}

Lines legend(const model::Trace& trace, std::size_t width) {
  Lines marks = {firm("* the driver runs"), firm(". a disk request takes effect"),
                 firm("| in flight")};
  if (is_cut(trace)) marks.push_back(firm("x the power is cut"));
  return wrapped("(" + joined(marks) + ")", width, 1);
}

// A deadlock with a sound log is not about the log.
bool is_map_wanted(const Counterexample& counterexample, const TextOptions& options) {
  return options.verbose || !counterexample.deadlock ||
         !is_sound(counterexample.trace.entries, counterexample.trace.first_log_sector);
}

bool misses_header(const model::Trace& trace) {
  return std::ranges::any_of(trace.entries, &model::PlacedEntry::header_failed);
}

void append_map(Lines& lines, const model::Trace& trace, const TextOptions& options) {
  const Lines map = log_map(
      trace,
      {.width = options.width - kIndent, .every_part = options.verbose, .colour = options.colour});
  if (map.empty()) return;
  append(lines,
         wrapped(fmt::format("The log, one column a sector of {} bytes. `placed`: what the driver "
                             "put there, capitals are headers, small letters their data, S is the "
                             "superblock{}{}{}. Below: what each entry's header claims.",
                             trace.log_sector_size,
                             trace.first_log_sector > 1 ? ", o an older log" : "",
                             misses_header(trace) ? ", ! a header that a fault kept away" : "",
                             is_cut(trace) ? "; it need not have survived the cut" : ""),
                 options.width));
  lines.emplace_back();
  append_indented(lines, map);
  lines.emplace_back();
}

std::string reason_text(const Finding& finding) {
  std::string text;
  for (std::size_t at = 0; at <= finding.reason.size();) {
    const std::size_t end = std::min(finding.reason.find('\n', at), finding.reason.size());
    if (at > 0) text += '\n';
    text += printable(std::string_view(finding.reason).substr(at, end - at));
    at = end + 1;
  }
  return text;
}

void append_styled(Lines& lines, const Lines& more, Style style, bool colour) {
  for (const std::string& line : more) lines.push_back(styled(line, style, colour));
}

void append_findings(Lines& lines, const Counterexample& counterexample,
                     const TextOptions& options) {
  const std::size_t width = options.width;
  for (const Finding& finding : counterexample.findings) {
    const bool at_end = finding.step >= counterexample.trace.steps.size();
    const std::string when = at_end ? "in the end" : fmt::format("at step {}", finding.step + 1);
    append_styled(
        lines,
        wrapped(fmt::format("violated: {}, {}", printable(finding.property), when), width, 4),
        kViolatedStyle, options.colour);
    append_indented(lines, wrapped(reason_text(finding), width - kIndent));
  }
  if (!counterexample.findings.empty()) lines.emplace_back();
}

// "step 7 (B: header done)": the first thing that happens in it.
std::string step_text(const model::Trace& trace, std::size_t step) {
  const model::TraceStep& what = trace.steps.at(step);
  return fmt::format("step {} ({}: {})", step + 1, printable(trace.lanes.at(what.lane).name),
                     cell_of(what, trace).phrases.front());
}

void append_race(Lines& lines, const Counterexample& counterexample, const TextOptions& options) {
  static constexpr std::string_view kHead = "The race:";  // styled as its steps are
  if (!counterexample.race) return;
  const model::Trace& trace = counterexample.trace;
  Lines words = wrapped(fmt::format("{} had {} come before {}, nothing would be broken.", kHead,
                                    step_text(trace, counterexample.race->second),
                                    step_text(trace, counterexample.race->first)),
                        options.width, kIndent);
  words.front().replace(0, kHead.size(), styled(kHead, kRaceStyle, options.colour));
  append(lines, words);
  lines.emplace_back();
}

void append_replay(Lines& lines, const model::Result& result,
                   const Counterexample& counterexample) {
  lines.push_back("See it again with");
  lines.push_back("  " + replay_line(result, counterexample));
}

}  // namespace

Lines execution_lines(const Counterexample& execution, const TextOptions& options) {
  const model::Trace& trace = execution.trace;
  Lines lines = header(execution, options.width);
  append(lines, legend(trace, options.width));
  lines.emplace_back();
  append(lines,
         lanes(execution,
               {.width = options.width, .every_step = options.verbose, .colour = options.colour}));
  if (!is_map_wanted(execution, options)) return lines;
  lines.emplace_back();
  append_map(lines, trace, options);
  append(lines, wrapped(reader_story(trace), options.width));
  while (lines.back().empty()) lines.pop_back();
  return lines;
}

Lines counterexample_lines(const model::Result& result, const Counterexample& counterexample,
                           const TextOptions& options) {
  Lines lines = execution_lines(counterexample, options);
  lines.emplace_back();
  append_findings(lines, counterexample, options);
  append_race(lines, counterexample, options);
  append_replay(lines, result, counterexample);
  append(lines, shrunk_lines(counterexample, options.width));
  return lines;
}

Lines counterexample_brief(const model::Result& result, const Counterexample& counterexample,
                           const TextOptions& options) {
  Lines properties;
  for (const Finding& finding : counterexample.findings) {
    properties.push_back(printable(finding.property));
  }
  Lines lines = wrapped(
      fmt::format("Counterexample, {}{}, breaks {}: {}",
                  counted(counterexample.trace.steps.size(), "step"), faults_text(counterexample),
                  joined(properties), printable(counterexample.workload)),
      options.width, kIndent);
  lines.push_back("  " + replay_line(result, counterexample));
  return lines;
}

}  // namespace simcheck::reports
