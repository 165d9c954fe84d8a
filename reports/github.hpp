// The result as workflow commands of GitHub Actions: annotations of the run. A violation is an
// error, a known one a warning, as is a search that was cut short or in which nothing could break;
// success is a notice.
//
// Form and escapes as in GitHub's "Workflow commands" and its toolkit (actions/toolkit, core).
#pragma once

#include <iosfwd>

#include "model/result.hpp"

namespace simcheck::reports {

void write_github(std::ostream& out, const model::Result& result);

}  // namespace simcheck::reports
