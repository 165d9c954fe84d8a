// A validator for the part of JSON Schema that the schemas in docs/ use. A keyword it does not
// know is an error, so that no part of a schema goes unchecked.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace simcheck::test {

// What is wrong with `document`, one line each: "/steps/0/lane: not an integer". Empty: valid.
std::vector<std::string> schema_errors(const nlohmann::json& schema,
                                       const nlohmann::json& document);

}  // namespace simcheck::test
