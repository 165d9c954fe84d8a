// Where a simulated guest gets its requests from, one after the other: a workload, or dice.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>

#include "model/workload.hpp"

namespace simcheck::model {

/// A request, and what it waits for.
struct GuestRequest {
  Request request;
  bool after_all = false;  ///< submitted when all before it are acknowledged: it begins a stage
};

/// The next request, or nothing when there are no more.
using RequestSource = std::function<std::optional<GuestRequest>()>;

/// Requests at random: each kind as often as its weight says, at whole blocks below a range.
struct RequestMix {
  /// By sim::IoKind: write, zeroes, discard, flush, read. At least one is not 0.
  std::array<std::uint32_t, 5> weights = {60, 20, 10, 10, 0};
  std::uint64_t block_bytes = 4096;
  std::uint64_t range_bytes = std::uint64_t{64} << 20;  ///< at least one block
};

/// So many requests of a mix; 0: no end.
RequestSource random_requests(const RequestMix& mix, std::uint64_t seed, std::uint64_t count);

/// The requests of a workload in its order, again and again until there were `count`; 0: once. The
/// workload must outlive the source.
RequestSource requests_of(const Workload& workload, std::uint64_t count);

}  // namespace simcheck::model
