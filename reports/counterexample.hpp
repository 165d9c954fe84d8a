// One counterexample as a page: the steps, the log's layout, the reasons, how to see it again.
#pragma once

#include <string>
#include <vector>

#include "model/result.hpp"
#include "reports/text.hpp"

namespace simcheck::reports {

/// Lines of at most the options' width, but for the replay line, which is never broken.
std::vector<std::string> counterexample_lines(const model::Result& result,
                                              const model::Counterexample& counterexample,
                                              const TextOptions& options);

/// The same of an execution that breaks nothing, whose schedule was given.
std::vector<std::string> execution_lines(const model::Counterexample& execution,
                                         const TextOptions& options);

/// The properties it breaks and the replay line alone.
std::vector<std::string> counterexample_brief(const model::Result& result,
                                              const model::Counterexample& counterexample,
                                              const TextOptions& options);

}  // namespace simcheck::reports
