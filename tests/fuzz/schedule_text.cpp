// `--replay`: a schedule.
#include "model/schedule.hpp"
#include "tests/fuzz/harness.hpp"
#include "tests/fuzz/readers.hpp"

namespace simcheck::fuzz {

void check_schedule_text(Bytes bytes) {
  const auto result = model::parse_schedule(text_of(bytes));
  const auto* schedule = std::get_if<model::Schedule>(&result);
  if (schedule == nullptr) return;
  const auto again = model::parse_schedule(model::to_text(*schedule));
  require(std::holds_alternative<model::Schedule>(again), "what is printed can be read");
  require(std::get<model::Schedule>(again) == *schedule, "and is the same");
}

}  // namespace simcheck::fuzz
