#include "reports/trace_comparison.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "reports/explanation.hpp"
#include "reports/figures.hpp"
#include "reports/plain_text.hpp"

namespace simcheck::reports {
namespace {

bool same(const model::StepIo& a, const model::StepIo& b) {
  // A submission has no status yet.
  const bool decided = a.moment != model::StepIo::Moment::kSubmitted;
  return a.moment == b.moment && a.kind == b.kind && a.device == b.device && a.what == b.what &&
         a.offset == b.offset && a.length == b.length &&
         (!decided || (a.status == b.status && a.fault == b.fault));
}

bool same_change(const model::Change& a, const model::Change& b) {
  return a.object == b.object && a.before == b.before && a.after == b.after;
}

bool same_step(const model::TraceStep& a, const model::TraceStep& b) {
  return a.lane == b.lane && a.kind == b.kind && a.notes == b.notes && a.accesses == b.accesses &&
         std::ranges::equal(a.ios, b.ios, same) &&
         std::ranges::equal(a.changes, b.changes, same_change);
}

std::string accesses_text(const model::TraceStep& step) {
  std::vector<std::string> parts;
  for (const model::StepAccess& access : step.accesses) {
    parts.push_back(fmt::format("{} {}", printable(access.how), printable(access.object)));
    if (access.begin != 0 || access.end != 0)
      parts.back() += fmt::format(" [{}, {})", access.begin, access.end);
  }
  return parts.empty() ? "touches nothing" : joined(parts, ", ");
}

std::string changes_text(const model::TraceStep& step) {
  std::vector<std::string> parts;
  for (const model::Change& change : step.changes) {
    parts.push_back(fmt::format("{} {} -> {}", printable(change.object), printable(change.before),
                                printable(change.after)));
  }
  return parts.empty() ? "" : " [" + joined(parts, ", ") + "]";
}

std::string side(const model::Trace& trace, std::size_t step, bool with_accesses) {
  if (step >= trace.steps.size()) return "nothing: the run ends there";
  std::string text = step_clause(trace, step) + changes_text(trace.steps[step]);
  if (with_accesses) text += " (" + accesses_text(trace.steps[step]) + ")";
  return text;
}

std::string broken_now(const model::Counterexample& recorded, const model::Counterexample& now) {
  const bool broke_something = !recorded.findings.empty();
  if (now.findings.empty())
    return broke_something ? "breaks nothing now" : "breaks nothing, as before";
  return fmt::format("{} {}{}", broke_something ? "still breaks" : "breaks",
                     printable(now.findings.front().property), broke_something ? "" : " now");
}

void append(std::string& text, const std::string& paragraph, std::size_t width) {
  for (const std::string& line : wrapped(paragraph, width, 2)) text += line + "\n";
}

}  // namespace

std::optional<std::size_t> first_difference(const model::Counterexample& recorded,
                                            const model::Counterexample& now) {
  const auto& a = recorded.trace.steps;
  const auto& b = now.trace.steps;
  const auto at = std::ranges::mismatch(a, b, same_step);
  if (at.in1 == a.end() && at.in2 == b.end()) return std::nullopt;
  return static_cast<std::size_t>(at.in1 - a.begin());
}

std::string comparison_text(const TraceFile& recorded, const model::Counterexample& now,
                            std::optional<std::size_t> difference, std::size_t width) {
  const std::size_t steps = recorded.example.trace.steps.size();
  std::string text;
  if (!difference) {
    append(text, fmt::format("replayed: all {} went as recorded", counted(steps, "step")), width);
    return text;
  }
  const std::string was = side(recorded.example.trace, *difference, false);
  const std::string is = side(now.trace, *difference, false);
  const bool alike = was == is;  // what differs is what they touched
  append(text,
         fmt::format("diverged: step {} of {} is another one than simcheck {} recorded",
                     *difference + 1, steps, printable(recorded.simcheck)),
         width);
  append(text, "recorded: " + side(recorded.example.trace, *difference, alike), width);
  append(text, "now: " + side(now.trace, *difference, alike), width);
  append(text, "Followed as far as possible, the run " + broken_now(recorded.example, now) + ".",
         width);
  return text;
}

}  // namespace simcheck::reports
