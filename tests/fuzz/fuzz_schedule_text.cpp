// `--replay`: a schedule.
#include "model/schedule.hpp"
#include "tests/fuzz/harness.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace simcheck;
  const auto result = model::parse_schedule(fuzz::text_of(data, size));
  const auto* schedule = std::get_if<model::Schedule>(&result);
  if (schedule == nullptr) return 0;
  const auto again = model::parse_schedule(model::to_text(*schedule));
  fuzz::require(std::holds_alternative<model::Schedule>(again), "what is printed can be read");
  fuzz::require(std::get<model::Schedule>(again) == *schedule, "and is the same");
  return 0;
}
