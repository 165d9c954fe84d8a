// A result in the form that is easiest to compare as a whole.
#pragma once

#include <sstream>
#include <string>

#include "model/result.hpp"
#include "reports/json.hpp"

namespace simcheck::test {

inline std::string json_text(const model::Result& result) {
  std::ostringstream text;
  reports::write_json(text, result);
  return text.str();
}

}  // namespace simcheck::test
