// The result of a check that has not looked at anything yet: what is checked, and how.
#pragma once

#include "model/check_options.hpp"
#include "model/result.hpp"

namespace simcheck::model {

/// No property is exercised so far, and nothing is counted.
Result begin_result(const CheckOptions& options);

}  // namespace simcheck::model
