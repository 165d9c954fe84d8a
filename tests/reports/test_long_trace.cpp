// Traces of thousands of steps: what is left out of them, and how that is told.
#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "reports/explanation.hpp"
#include "reports/lanes.hpp"
#include "reports/plain_text.hpp"
#include "tests/reports/samples.hpp"
#include "tests/support/contains.hpp"

namespace simcheck::test {
namespace {

using Lines = std::vector<std::string>;

// A livelock: the lanes run in turn, and get nowhere.
model::Counterexample livelock(std::size_t steps, std::uint32_t lanes) {
  model::Counterexample example = sequential_counterexample(lanes, 8);
  auto& trace = example.trace.steps;
  while (trace.size() < steps) {
    const auto lane = static_cast<std::uint32_t>(trace.size() % lanes);
    trace.push_back({.lane = lane, .kind = model::StepKind::kResume, .notes = {"turns"}});
  }
  return example;
}

Lines lines_of(const model::Counterexample& example, std::size_t width, bool every_step = false) {
  return reports::lanes(example, {.width = width, .every_step = every_step});
}

std::ptrdiff_t gaps_in(const Lines& lines) {
  return std::ranges::count_if(lines,
                               [](const std::string& line) { return contains(line, "left out"); });
}

bool has_step(const Lines& lines, const std::string& step) {
  return std::ranges::any_of(
      lines, [&](const std::string& line) { return contains(line, " " + step + " "); });
}

}  // namespace

TEST_CASE("a long trace is shown at both ends, with a line between them") {
  for (const std::uint32_t lanes : {1U, 12U}) {  // as a table, and as lines
    const Lines lines = lines_of(livelock(30'000, lanes), 100);
    CHECK(lines.size() < 250);
    CHECK(gaps_in(lines) == 1);
    CHECK(
        std::ranges::count(lines,
                           "  ... 29,800 steps left out; --verbose shows them, --json, --html and "
                           "--trace hold them") == 1);
    CHECK(has_step(lines, "100"));
    CHECK(!has_step(lines, "101"));
    CHECK(!has_step(lines, "29900"));
    CHECK(has_step(lines, "29901"));
    CHECK(has_step(lines, "30000"));
  }
}

TEST_CASE("nothing is left out of 400 steps, nor where every step is asked for") {
  CHECK(gaps_in(lines_of(livelock(400, 2), 100)) == 0);
  CHECK(gaps_in(lines_of(livelock(401, 2), 100)) == 1);
  CHECK(gaps_in(lines_of(livelock(401, 2), 100, /*every_step=*/true)) == 0);
}

TEST_CASE("steps of the middle that break a property, or race, stay") {
  model::Counterexample example = livelock(1000, 2);
  example.findings.push_back({.property = "no-overlap", .reason = "", .step = 499});
  example.race = model::RacePair{.first = 599, .second = 700};
  const Lines lines = lines_of(example, 100);
  CHECK(gaps_in(lines) == 4);
  for (const char* step : {"500", "600", "701"}) CHECK(has_step(lines, step));
  CHECK(!has_step(lines, "550"));
}

TEST_CASE("what is left out keeps to the width") {
  for (const std::string& line : lines_of(livelock(1000, 1), 48))
    CHECK(reports::columns(line) <= 48);
}

TEST_CASE("an explanation leaves out the same") {
  const Lines lines = reports::explanation(livelock(30'000, 2), 100);
  CHECK(lines.size() < 300);
  CHECK(gaps_in(lines) == 1);
  CHECK(std::ranges::any_of(lines, [](const std::string& line) {
    return line.ends_with("29,800 steps left out; the trace holds them");
  }));
}

}  // namespace simcheck::test
