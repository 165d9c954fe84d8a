// The text form of a workload: what is read and printed reads as the same.
#include "model/workload_parser.hpp"
#include "tests/fuzz/harness.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace simcheck;
  const auto result = model::parse_workload(fuzz::text_of(data, size));
  const auto* workload = std::get_if<model::Workload>(&result);
  if (workload == nullptr) return 0;
  const std::string text = model::to_text(*workload);
  const auto again = model::parse_workload(text);
  fuzz::require(std::holds_alternative<model::Workload>(again), "what is printed can be read");
  fuzz::require(model::to_text(std::get<model::Workload>(again)) == text, "and is the same");
  return 0;
}
