#include "reports/simulation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <ostream>
#include <string_view>
#include <vector>

#include "reports/plain_text.hpp"
#include "reports/replay_line.hpp"

namespace simcheck::reports {
namespace {

using model::SimulatedRun;
using model::Verdict;
using Lines = std::vector<std::string>;

constexpr std::size_t kInvolvedMax = 16;  // requests of one exploration (--depth)
// Of those that were in flight with others one after the other: together they have too many orders.
constexpr std::size_t kAroundMax = 8;
constexpr std::size_t kFigureWidth = 11;

// The label, then the text, whose further lines begin below its first.
void add(Lines& lines, const std::string& label, const std::string& text, std::size_t width) {
  const std::string head = padded(label, kFigureWidth);
  bool is_first = true;
  for (const std::string& line : wrapped(text, width - columns(head))) {
    lines.push_back((is_first ? head : std::string(columns(head), ' ')) + line);
    is_first = false;
  }
}

std::string claim(const SimulatedRun& run, const model::PropertyResult& property) {
  switch (property.verdict) {
    case Verdict::kHolds:
      return run.broken || run.interrupted ? "no violation so far" : "holds in this run";
    case Verdict::kNotExercised:
      return "not exercised: nothing in this run could have broken it";
    default:
      return to_string(property.verdict);
  }
}

Lines finding_lines(const model::BrokenSegment& broken, std::size_t width) {
  Lines lines;
  for (const model::SimulationFinding& finding : broken.findings) {
    const std::string when =
        finding.in_the_end ? "at the segment's end" : "after " + virtual_time(finding.at_ns);
    lines.push_back(fmt::format("violated: {}, {}", printable(finding.property), when));
    for (const std::string& line : wrapped(printable(finding.reason), width - 2))
      lines.push_back("  " + line);
  }
  return lines;
}

std::string involved_line(const model::InvolvedRequest& request) {
  std::string line = fmt::format("  {:<5} {:<26} {:>10}", request.name, printable(request.text),
                                 virtual_time(request.submitted_ns));
  line += request.placed_ns
              ? fmt::format("  {:>10} {:>10}", virtual_time(*request.placed_ns), request.log_sector)
              : fmt::format("  {:>10} {:>10}", "-", "-");
  line += fmt::format("  {:>12}",
                      request.acknowledged_ns ? virtual_time(*request.acknowledged_ns) : "never");
  return line;
}

std::size_t narrowed_max(const model::BrokenSegment& broken) {
  return broken.told == model::Told::kInFlight ? kInvolvedMax : kAroundMax;
}

const char* told_words(model::Told told) {
  switch (told) {
    case model::Told::kNamed:
      return "The requests that these name, and who was in flight with them:";
    case model::Told::kAll:
      return "The requests of the segment:";
    default:
      return "In flight when the first of these happened:";
  }
}

Lines involved_lines(const model::BrokenSegment& broken) {
  if (broken.told == model::Told::kTooMany)
    return {"", fmt::format("Which of its {} have a part in it is not known.",
                            counted(broken.requests, "request"))};
  if (broken.involved.empty()) return {};
  Lines lines = {"", told_words(broken.told)};
  lines.push_back(fmt::format("  {:<5} {:<26} {:>10}  {:>10} {:>10}  {:>12}", "", "", "submitted",
                              "placed", "log sector", "acknowledged"));
  for (const model::InvolvedRequest& request : broken.involved)
    lines.push_back(involved_line(request));
  return lines;
}

// How to look at fewer requests.
Lines narrowing_lines(const SimulatedRun& run) {
  const std::string narrowing = narrowing_line(run);
  if (!narrowing.empty())
    return {"",
            "To try every order of these, though without what came before them:", "  " + narrowing};
  if (run.broken->told == model::Told::kInFlight || run.segment <= kAroundMax) return {};
  return {"", fmt::format("With --segment {}, so few at a time are judged.", kAroundMax)};
}

Lines broken_lines(const SimulatedRun& run, std::size_t width) {
  const model::BrokenSegment& broken = *run.broken;
  Lines lines = {fmt::format("Segment {}, which begins after {}:", grouped(broken.number),
                             counted(broken.first_request, "request")),
                 ""};
  for (std::string& line : finding_lines(broken, width)) lines.push_back(std::move(line));
  if (!broken.faults.empty()) lines.insert(lines.end(), {"", "Faults that hit this segment:"});
  for (const model::SimulatedFault& fault : broken.faults) {
    const std::string text =
        fmt::format("{}: {}", virtual_time(fault.submitted_ns), printable(fault.text));
    for (const std::string& line : wrapped(text, width - 2)) lines.push_back("  " + line);
  }
  for (const Lines& part : {involved_lines(broken), narrowing_lines(run)})
    lines.insert(lines.end(), part.begin(), part.end());
  lines.emplace_back();
  return lines;
}

std::string segments_text(const SimulatedRun& run) {
  std::string text = fmt::format("{} of at most {}, each from rest to rest",
                                 counted(run.segments, "segment"), counted(run.segment, "request"));
  if (run.segments_violating > 0)
    text += fmt::format("; {} broke a promise", grouped(run.segments_violating));
  return text;
}

// "eio=1,torn=1: 120 eio, 3 torn-late".
std::string faults_text(const SimulatedRun& run) {
  std::vector<std::string> parts;
  for (std::size_t kind = 1; kind < run.faults_struck.size(); ++kind) {
    if (run.faults_struck[kind] == 0) continue;
    parts.push_back(fmt::format("{} {}", grouped(run.faults_struck[kind]),
                                sim::to_string(static_cast<sim::FaultKind>(kind))));
  }
  return printable(run.faults) + (parts.empty() ? "" : ": " + joined(parts));
}

std::string cut_text(const SimulatedRun& run) {
  if (!run.cut)
    return fmt::format("not reached; it was to come at request {}", grouped(run.cut_planned));
  return fmt::format("at request {}, after {}; judged {} of the disks that it may leave",
                     grouped(run.cut->request), virtual_time(run.cut->at_ns),
                     counted(run.cut->counts.recoveries, "content"));
}

Lines summary_lines(const SimulatedRun& run, std::size_t width) {
  Lines lines;
  add(lines, "driver", printable(run.driver), width);
  add(lines, "guest",
      fmt::format("{}, at most {} at once: {}", counted(run.requests(), "request"),
                  std::min(run.depth, run.segment), printable(run.guest)),
      width);
  if (run.threads > 1) add(lines, "threads", fmt::format("{}", run.threads), width);
  add(lines, "seed", fmt::format("{}", run.seed), width);
  if (!run.faults.empty()) add(lines, "faults", faults_text(run), width);
  if (run.cut_planned != 0) add(lines, "cut", cut_text(run), width);
  add(lines, "judged", segments_text(run), width);
  add(lines, "ran",
      fmt::format("{} of virtual time, {}", virtual_time(run.end_ns),
                  counted(run.transitions, "transition")),
      width);
  if (run.log_entries == 0) return lines;  // such as those of a driver that keeps no log
  add(lines, "log",
      fmt::format("{} {}, {} bytes", grouped(run.log_entries),
                  run.log_entries == 1 ? "entry" : "entries",
                  grouped(run.log_sectors * run.log_sector_size)),
      width);
  return lines;
}

std::string kind_line(std::string_view kind, const model::KindFigures& figures) {
  std::string line = fmt::format("{:<8} {:>13}", kind, grouped(figures.requests));
  for (const std::uint64_t percentile : {50'000U, 90'000U, 99'000U, 99'900U})
    line += fmt::format(" {:>9}", virtual_time(figures.latency.percentile_ns(percentile)));
  line += fmt::format(" {:>9}", virtual_time(figures.latency.max_ns()));
  if (figures.failed > 0) line += fmt::format(", {} failed", grouped(figures.failed));
  return line;
}

double per_second(std::uint64_t count, std::uint64_t ns) {
  return ns == 0 ? 0 : static_cast<double>(count) * 1e9 / static_cast<double>(ns);
}

Lines latency_lines(const SimulatedRun& run) {
  Lines lines = {fmt::format("{:<8} {:>13} {:>9} {:>9} {:>9} {:>9} {:>9}", "latency", "requests",
                             "p50", "p90", "p99", "p99.9", "max")};
  model::KindFigures all;
  for (std::size_t k = 0; k < run.guest_figures.kinds.size(); ++k) {
    const model::KindFigures& figures = run.guest_figures.kinds[k];
    if (figures.requests == 0) continue;
    lines.push_back(kind_line(model::name_of_kind(k), figures));
    all += figures;
  }
  if (lines.size() > 2) lines.push_back(kind_line("all", all));
  lines.emplace_back();
  lines.push_back(fmt::format("throughput  {} requests/s, {:.1f} MiB/s of virtual time",
                              grouped(std::llround(per_second(all.requests, run.end_ns))),
                              per_second(all.bytes, run.end_ns) / (1 << 20)));
  lines.push_back(fmt::format("in flight   {:.2f} on average", mean_depth(run)));
  return lines;
}

Lines property_lines(const SimulatedRun& run, std::size_t width) {
  std::size_t names = 0;
  for (const auto& property : run.properties)
    names = std::max(names, columns(printable(property.name)));
  Lines lines;
  for (const auto& property : run.properties)
    add(lines, padded(printable(property.name), names + 2), claim(run, property), width);
  return lines;
}

}  // namespace

std::string virtual_time(std::uint64_t ns) {
  static constexpr std::array kUnits = {"ns", "us", "ms", "s"};
  if (ns < 1000) return fmt::format("{} ns", ns);
  auto value = static_cast<double>(ns);
  std::size_t unit = 0;
  for (; value >= 999.95 && unit + 1 < kUnits.size(); ++unit) value /= 1000;
  return fmt::format("{:.1f} {}", value, kUnits[unit]);
}

std::string verdict_line(const SimulatedRun& run) {
  if (run.verdict == Verdict::kInterrupted)
    return "interrupted: no violation in " + counted(run.requests(), "request");
  const std::string end = run.cut ? ", which a power cut ended" : "";
  if (run.verdict != Verdict::kViolated) return to_string(run.verdict) + " in this run" + end;
  std::vector<std::string> names;
  for (const auto& property : run.properties)
    if (property.verdict == Verdict::kViolated) names.push_back(printable(property.name));
  return "violated: " + joined(names);
}

std::string narrowing_line(const SimulatedRun& run) {
  if (!run.narrows || !run.broken || run.broken->involved.empty() ||
      run.broken->involved.size() > narrowed_max(*run.broken))
    return "";
  std::vector<std::string> texts;
  for (const model::InvolvedRequest& request : run.broken->involved) texts.push_back(request.text);
  return fmt::format("{} --driver {}{}{} --depth {} --workload {}", shell_quoted(run.program),
                     run.driver, run.options.empty() ? "" : " ", run.options, texts.size(),
                     shell_quoted(joined(texts)));
}

double mean_depth(const SimulatedRun& run) {
  double sum = 0, all = 0;
  const auto& ns_at_depth = run.guest_figures.ns_at_depth;
  for (std::size_t depth = 0; depth < ns_at_depth.size(); ++depth) {
    sum += static_cast<double>(depth) * static_cast<double>(ns_at_depth[depth]);
    all += static_cast<double>(ns_at_depth[depth]);
  }
  return all == 0 ? 0 : sum / all;
}

void write_text(std::ostream& out, const SimulatedRun& run, std::size_t width, bool quiet) {
  const auto print = [&out](const Lines& lines) {
    for (const std::string& line : lines) out << line << '\n';
  };
  width = std::max<std::size_t>(width, 60);
  print(wrapped(verdict_line(run), width, 2));
  if (quiet) return;
  out << '\n';
  if (run.broken) print(broken_lines(run, width));
  print(summary_lines(run, width));
  out << '\n';
  print(latency_lines(run));
  out << '\n';
  print(property_lines(run, width));
}

}  // namespace simcheck::reports
