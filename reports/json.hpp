// A result as one JSON document, described in docs/json-schema.md. The same result gives the same
// bytes.
#pragma once

#include <iosfwd>
#include <nlohmann/json_fwd.hpp>

#include "model/result.hpp"

namespace simcheck::reports {

inline constexpr int kJsonVersion = 1;  ///< raised when a field changes its meaning or goes

nlohmann::ordered_json to_json(const model::Result& result);
/// One of its counterexamples alone.
nlohmann::ordered_json to_json(const model::Result& result,
                               const model::Counterexample& counterexample);

/// Indented, with a newline at the end; bytes that are no UTF-8 become U+FFFD.
void write_json(std::ostream& out, const model::Result& result);

}  // namespace simcheck::reports
