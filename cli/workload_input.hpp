// The argument of --workload read as text, or as a file: of such a text, of what other programs
// write (traces/), or a log image.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/workload.hpp"

namespace simcheck::cli {

struct WorkloadInput {
  std::string description;  ///< for the result
  model::Workload workload;
  std::optional<std::uint32_t> sector_size{};  ///< bytes; of a log image
  /// What of the file is not in the workload, and the like, each in one line.
  std::vector<std::string> notes{};
};

/// What parses as a workload is one; everything else names a file. Requests without a length get
/// `extent_bytes`. Throws UsageError.
WorkloadInput read_workload(const std::string& argument, std::uint64_t extent_bytes);

}  // namespace simcheck::cli
