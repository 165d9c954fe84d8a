// The race of a counterexample: the two steps whose exchange makes it pass.

#include "model/race_pair.hpp"

#include <doctest/doctest.h>

#include <string>

#include "tests/model/drivers_under_check.hpp"

namespace simcheck::test {
namespace {

model::Counterexample example_of(const char* driver, const char* text) {
  model::CheckOptions options = options_for(driver, text);
  options.keep_going = false;
  options.shrink_limit = 1000;
  const model::Result result = model::check(options);
  REQUIRE(result.counterexamples.size() == 1);
  return result.counterexamples.front();
}

bool has_note(const model::TraceStep& step, const std::string& beginning) {
  for (const std::string& note : step.notes)
    if (note.starts_with(beginning)) return true;
  return false;
}

}  // namespace

TEST_CASE("the two requests of the old driver race for the log position") {
  for (const char* const text : {"zeroes, flush", "zeroes, zeroes", "zeroes, write"}) {
    CAPTURE(std::string(text));
    const model::Counterexample example = example_of("buggy", text);
    REQUIRE(example.race);
    const auto& [first, second] = *example.race;
    const auto& steps = example.trace.steps;
    CHECK(first < second);
    CHECK(steps[first].lane != steps[second].lane);
    CHECK(has_note(steps[first], "places its entry"));
    CHECK(has_note(steps[second], "places its entry"));
    CHECK(second <= example.findings.front().step);
  }
}

TEST_CASE("a power cut is no side of a race: had it come before, less would be there to break") {
  model::CheckOptions options = options_for("serialized", "flush");
  options.shrink_limit = 1000;
  options.keep_going = false;
  options.properties = {properties::make_crash_parses()};
  options.power_cut.emplace();
  const model::Result result = model::check(options);
  REQUIRE(result.counterexamples.size() == 1);
  CHECK_FALSE(result.counterexamples.front().race);
}

TEST_CASE("what breaks in any order has no race") {
  model::CheckOptions options = options_for("fixed", "write ; flush");
  options.shrink_limit = 1000;
  options.keep_going = false;
  options.properties = {properties::make_survives_io_error()};
  options.fault_plan = {{sim::FiberId{0}, 2, sim::FaultKind::kEio}};
  const model::Result result = model::check(options);
  REQUIRE(result.counterexamples.size() == 1);
  CHECK_FALSE(result.counterexamples.front().race);
}

}  // namespace simcheck::test
