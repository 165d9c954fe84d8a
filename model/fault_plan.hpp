// A plan of faults as text: "A.2=eio,B.1=torn-early", each fault as LANE.REQUEST=KIND: which lane,
// which of its disk requests, counted from 1, and what happens to it. A part of what a
// counterexample is: parse(print(plan)) == plan.
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "sim/faults.hpp"

namespace simcheck::model {

/// Empty for no faults.
std::string to_text(const sim::FaultPlan& plan);
std::string to_text(const sim::Fault& fault);

/// What is wrong with a text, in a few words.
struct FaultPlanError {
  std::string message;
};

/// The inverse of to_text; the faults may be given in any order, each request once.
std::variant<sim::FaultPlan, FaultPlanError> parse_fault_plan(std::string_view text);

}  // namespace simcheck::model
