// Lists of requests that other programs write, read as workloads. One file for each format; each
// knows what its format says, and nothing of where the bytes come from or what runs the requests.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "model/workload.hpp"

namespace simcheck::traces {

/// What cannot become a workload, and why.
struct Omission {
  std::string what;  ///< "read", as the format names it
  std::string why;   ///< "changes nothing and is not logged"
  std::uint64_t count = 0;
};

struct Trace {
  std::string format;  ///< "fio iolog, version 3"
  model::Workload workload;
  std::vector<Omission> omissions;   ///< in the order in which they were first met
  std::vector<std::string> remarks;  ///< what else had to be decided, in words

  /// Counts one more; those that differ in their reason apart.
  void omit(const std::string& what, const std::string& why);
};

/// What is wrong, where ("line 7"), and what would be right. One line.
struct Error {
  std::string message;
};

using Result = std::variant<Trace, Error>;

/// Longer traces are an Error.
inline constexpr std::size_t kRequestsMax = std::size_t{1} << 24;

}  // namespace simcheck::traces
