// The text form of a workload, read. The grammar is described in docs/workloads.md:
//
//   workload = stage { ";" stage }
//   stage    = request { ( "," | ">" ) request }
//   request  = [ count "*" ] kind [ offset [ length ] ] { "-P" pattern | "fua" | "-f" }
//
// What a driver can do with the requests (alignment, the size of its disks) is not judged here.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "model/workload.hpp"
#include "model/workload_extents.hpp"

namespace simcheck::model {

/// Longer lists are refused: more than anyone waits for, and small enough for memory.
inline constexpr std::size_t kRequestsMax = 65536;

struct ParseOptions {
  /// Length of requests that name none; those without an offset lie twice as far apart.
  std::uint64_t extent_bytes = kExtentBytes;
};

/// What is wrong with a text and where, in one line, with what would be right.
struct WorkloadError {
  std::string message;
  /// The word that stands where a kind of request should, if that is what is wrong.
  std::string unknown_kind{};
};

/// Reads a workload of 1 to kRequestsMax requests. parse_workload(to_text(w)) gives w.
std::variant<Workload, WorkloadError> parse_workload(std::string_view text,
                                                     const ParseOptions& options = {});

}  // namespace simcheck::model
