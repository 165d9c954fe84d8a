// What a sampling strategy can say of the executions it drew from one workload. Plain data.
#pragma once

#include <cstdint>
#include <optional>

namespace simcheck::model {

/// The promise of `pct` for one workload: a run finds a bug of this depth with probability at least
/// 1 / (fibers * steps^(depth - 1)), if no execution has more than `steps` transitions.
struct PctOdds {
  std::uint32_t depth = 0;
  std::uint64_t fibers = 0;
  std::uint64_t steps = 0;  ///< of the longest execution seen
  std::uint64_t runs = 0;   ///< that knew of it: the earlier ones are promised nothing

  friend bool operator==(const PctOdds&, const PctOdds&) = default;
};

/// The reciprocal of the probability of one run; nothing if 64 bits do not hold it.
std::optional<std::uint64_t> one_in(const PctOdds& odds);

/// The probability that one of the runs finds the bug, in millionths, rounded down.
std::uint64_t found_ppm(const PctOdds& odds);

/// The odds of both together: those who knew of the longer execution count.
PctOdds joined(const PctOdds& a, const PctOdds& b);

/// True if `a` promises less.
bool is_worse(const PctOdds& a, const PctOdds& b);

struct Sampled {
  std::uint64_t distinct_traces = 0;  ///< Mazurkiewicz traces among the executions
  bool at_least = false;              ///< there were more; memory to tell them apart was full
  std::optional<PctOdds> odds{};      ///< of pct

  friend bool operator==(const Sampled&, const Sampled&) = default;
};

}  // namespace simcheck::model
