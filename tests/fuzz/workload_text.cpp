// The text form of a workload: what is read and printed reads as the same.
#include "model/workload_parser.hpp"
#include "tests/fuzz/harness.hpp"
#include "tests/fuzz/readers.hpp"

namespace simcheck::fuzz {

void check_workload_text(Bytes bytes) {
  const auto result = model::parse_workload(text_of(bytes));
  const auto* workload = std::get_if<model::Workload>(&result);
  if (workload == nullptr) return;
  const std::string text = model::to_text(*workload);
  const auto again = model::parse_workload(text);
  require(std::holds_alternative<model::Workload>(again), "what is printed can be read");
  require(model::to_text(std::get<model::Workload>(again)) == text, "and is the same");
}

}  // namespace simcheck::fuzz
