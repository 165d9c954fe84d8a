// A schedule: the choices of one execution as data, and their text form.
//
// Since each fiber has at most one next transition, the choice at each step is a fiber. The text
// form is "s1:" and the fibers' numbers separated by dots, a run of n equal ones as number*n:
// "s1:0*3.1*5.0*2". It is versioned: "s1" is this form.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "sim/ids.hpp"

namespace simcheck::model {

using Schedule = std::vector<sim::FiberId>;

std::string to_text(const Schedule& schedule);

/// What is wrong with a text: "column 5: expected a fiber's number, 0 to 63".
struct ScheduleError {
  std::string message;
};

/// The inverse of to_text. Accepts at most a million steps.
std::variant<Schedule, ScheduleError> parse_schedule(std::string_view text);

}  // namespace simcheck::model
