// A workload: the requests a guest issues, and which of them are in flight together.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/block_device.hpp"

namespace simcheck::model {

/// One request of a guest. Offsets and lengths are in bytes; a flush has neither.
struct Request {
  sim::IoKind kind = sim::IoKind::kWrite;
  std::uint64_t offset = 0;
  std::uint64_t length = 0;
  /// The byte a write repeats (`write -P`); without it the harness picks one per request, nonzero.
  std::optional<std::uint8_t> pattern{};
  bool fua = false;
  /// What comes behind it in its stage is submitted only when it is acknowledged.
  bool waits = false;

  friend bool operator==(const Request&, const Request&) = default;
};

/// Requests that are submitted together, as far as none of them waits; the next stage starts when
/// all of them are acknowledged.
using Stage = std::vector<Request>;

struct Workload {
  std::vector<Stage> stages{};

  std::size_t size() const;
  friend bool operator==(const Workload&, const Workload&) = default;
};

/// The text form, which the parser reads back to the same workload:
/// "zeroes 0 4k, write 8k 4k > write 16k 4k ; flush".
std::string to_text(const Workload& workload);
/// One request of it: "write 8k 4k".
std::string to_text(const Request& request);

}  // namespace simcheck::model
