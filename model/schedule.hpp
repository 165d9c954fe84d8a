// A schedule: the choices of one execution as data, and their text form.
//
// Since each fiber has at most one next transition, the choice at each step is a fiber. The text
// form is "s1:" and the fibers' numbers separated by dots, a run of n equal ones as number*n:
// "s1:0*3.1*5.0*2". It is versioned: "s1" is this form.
#pragma once

#include <array>
#include <charconv>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "sim/ids.hpp"

namespace simcheck::model {

using Schedule = std::vector<sim::FiberId>;

std::string to_text(const Schedule& schedule);

/// The same piece by piece, for whoever may not allocate: `step(i)` is a step, `put` takes a piece.
template <class Step, class Put>
void spell_schedule(std::size_t steps, const Step& step, const Put& put) {
  const auto put_number = [&put](std::size_t number) {
    std::array<char, 20> digits;
    char* const end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    put(std::string_view(digits.data(), static_cast<std::size_t>(end - digits.data())));
  };
  put("s1:");
  for (std::size_t i = 0; i < steps;) {
    std::size_t run = 1;
    while (i + run < steps && step(i + run) == step(i)) ++run;
    if (i > 0) put(".");
    put_number(sim::index_of(step(i)));
    if (run > 1) put("*");
    if (run > 1) put_number(run);
    i += run;
  }
}

/// What is wrong with a text: "column 5: expected a fiber's number, 0 to 63".
struct ScheduleError {
  std::string message;
};

/// The inverse of to_text. Accepts at most a million steps.
std::variant<Schedule, ScheduleError> parse_schedule(std::string_view text);

}  // namespace simcheck::model
