// The text form of schedules.
#include "model/schedule.hpp"

#include <doctest/doctest.h>

#include <string>
#include <variant>
#include <vector>

#include "tests/support/rapidcheck.hpp"

namespace simcheck::model {
namespace {

std::string refusal_of(const std::string& text) {
  const auto parsed = parse_schedule(text);
  const auto* error = std::get_if<ScheduleError>(&parsed);
  return error != nullptr ? error->message : "no error";
}

TEST_CASE("runs of equal choices are counted") {
  const Schedule schedule{sim::FiberId{0}, sim::FiberId{0}, sim::FiberId{1}, sim::FiberId{0}};
  CHECK(to_text(schedule) == "s1:0*2.1.0");
  CHECK(to_text(Schedule{}) == "s1:");
}

RC_TEST_CASE("parse(print(schedule)) == schedule", [](const std::vector<std::uint8_t>& numbers) {
  Schedule schedule;
  for (const std::uint8_t number : numbers) {
    schedule.push_back(sim::FiberId{number % std::uint32_t{sim::kFibersMax}});
  }
  const auto parsed = parse_schedule(to_text(schedule));
  RC_ASSERT(std::holds_alternative<Schedule>(parsed));
  RC_ASSERT(std::get<Schedule>(parsed) == schedule);
})

RC_TEST_CASE("any text gives a schedule or an error", [](const std::string& text) {
  for (const std::string& candidate : {text, "s1:" + text, "s1:0" + text}) {
    const auto parsed = parse_schedule(candidate);
    if (const auto* error = std::get_if<ScheduleError>(&parsed)) {
      RC_ASSERT(!error->message.empty());
    }
  }
})

TEST_CASE("errors name the column and what was expected") {
  CHECK(refusal_of("0.1") == "a schedule starts with \"s1:\", as in \"s1:0*3.1*5.0\"");
  CHECK(refusal_of("s1:0.x") == "column 6: expected a fiber's number, 0 to 63");
  CHECK(refusal_of("s1:64") == "column 4: expected a fiber's number, 0 to 63");
  CHECK(refusal_of("s1:0*0") ==
        "column 6: expected how often, from 1; a schedule has at most 1000000 steps");
  CHECK(refusal_of("s1:0*99999999") ==
        "column 6: expected how often, from 1; a schedule has at most 1000000 steps");
  CHECK(refusal_of("s1:0*1000000") == "no error");
  CHECK(refusal_of("s1:0*999999.1*2") ==
        "column 15: expected how often, from 1; a schedule has at most 1000000 steps");
  for (const char* const step : {"0", "0.0*99", "0*1"})
    CHECK(refusal_of(std::string("s1:0*1000000.") + step) ==
          "column 14: expected the end; a schedule has at most 1000000 steps");
  CHECK(refusal_of("s1:0,1") == "column 5: expected '.', '*' or the end");
  CHECK(refusal_of("s1:0.") == "column 6: expected a fiber's number, 0 to 63");
}

}  // namespace
}  // namespace simcheck::model
