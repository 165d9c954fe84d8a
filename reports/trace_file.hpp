// A counterexample as a file: all that it takes to run it again, and every step of it, so that a
// later run can be compared with this one.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "model/result.hpp"

namespace simcheck::reports {

inline constexpr int kTraceVersion = 1;

struct TraceFile {
  std::string simcheck{};                ///< the version that wrote it
  std::vector<std::string> arguments{};  ///< of the command that shows the counterexample again
  model::Counterexample example{};
};

/// A file is none, or not one of this version. Says what is wrong, and where.
class TraceFileError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The document: "format": "simcheck-trace", "version": 1; see docs/traces.md. Ends in a
/// newline. `simcheck` is the version of this program.
std::string trace_document(const model::Result& result, const model::Counterexample& example,
                           std::string_view simcheck);

/// The inverse, but for what a replay finds again (lanes' titles and reasons are kept as text).
/// Throws TraceFileError.
TraceFile parse_trace(std::string_view text);

}  // namespace simcheck::reports
