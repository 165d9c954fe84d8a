// How far a stateful search got, in states.
#pragma once

#include <cstdint>

namespace simcheck::model {

/// The states of a workload that `stateful` kept at most: 256 MiB.
inline constexpr std::uint64_t kStatesMax = std::uint64_t{1} << 23;

struct Visited {
  std::uint64_t states = 0;    ///< different ones, the first and the last ones included
  std::uint64_t revisits = 0;  ///< transitions that led to one of these again
  bool full = false;           ///< there was another state for which no room was left

  Visited& operator+=(const Visited& other);
  friend bool operator==(const Visited&, const Visited&) = default;
};

/// A state is missed if its hash is that of another. The chance that there were any such two, if
/// hashes are as good as random numbers, is below 1 in 10 to the power of this.
int missed_exponent(const Visited& visited);

}  // namespace simcheck::model
