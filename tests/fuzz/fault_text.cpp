// `--fault-plan` and `--faults`.
#include "cli/fault_values.hpp"
#include "cli/usage_error.hpp"
#include "model/fault_plan.hpp"
#include "tests/fuzz/harness.hpp"
#include "tests/fuzz/readers.hpp"

namespace simcheck::fuzz {

void check_fault_text(Bytes bytes) {
  const std::string_view text = text_of(bytes);
  const auto plan = model::parse_fault_plan(text);
  if (const auto* faults = std::get_if<sim::FaultPlan>(&plan)) {
    const std::string printed = model::to_text(*faults);
    const auto again = model::parse_fault_plan(printed);
    require(std::holds_alternative<sim::FaultPlan>(again), "what is printed can be read");
    require(model::to_text(std::get<sim::FaultPlan>(again)) == printed, "and is the same");
  }
  try {
    cli::read_faults(text);
  } catch (const cli::UsageError&) {
    // says what would be right
  }
}

}  // namespace simcheck::fuzz
