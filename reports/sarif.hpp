// Violations as SARIF 2.1.0, for code scanning and editors: a result for each broken property, its
// counterexample a code flow with a thread flow for each lane, in the order of the steps.
//
// Where in the source a step runs is not recorded, so locations are logical: driver, lane, step.
//
// Fields as in "Static Analysis Results Interchange Format (SARIF) Version 2.1.0", OASIS 2020.
#pragma once

#include <iosfwd>

#include "model/result.hpp"

namespace simcheck::reports {

void write_sarif(std::ostream& out, const model::Result& result);

}  // namespace simcheck::reports
