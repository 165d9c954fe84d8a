// The result as JUnit XML, for CI servers: a test case for each workload and property.
//
// A broken property is a failure with its counterexample, or skipped where it is known. What was
// not decided (the workload was left at a violation, the search was cut short, nothing could have
// broken the promise) is skipped and says why; a last case, of the search as a whole, is skipped
// unless every interleaving was explored. No times: equal runs give equal bytes.
//
// There is no standard. tests/reports/junit.xsd is the part that the readers of Ant, Jenkins and
// GitLab have in common.
#pragma once

#include <iosfwd>

#include "model/result.hpp"

namespace simcheck::reports {

void write_junit(std::ostream& out, const model::Result& result);

}  // namespace simcheck::reports
