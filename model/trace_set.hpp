// Which traces were seen: a set of hashes whose memory is bounded, and that says so when it is
// full.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "model/trace_hash.hpp"

namespace simcheck::model {

/// Traces that are kept of one workload at most: 32 MiB.
inline constexpr std::size_t kTracesMax = std::size_t{1} << 20;

class TraceSet {
 public:
  /// Keeps at most `size_max` traces.
  explicit TraceSet(std::size_t size_max = kTracesMax) : size_max_(size_max), slots_(64) {}

  void insert(TraceHash hash);

  std::size_t size() const { return size_; }
  /// There was another trace for which no room was left: size() is too low.
  bool overflowed() const { return overflowed_; }

 private:
  std::size_t slot_of(const TraceHash& hash) const;
  void grow();

  std::size_t size_max_;
  std::size_t size_ = 0;
  bool overflowed_ = false;
  std::vector<TraceHash> slots_;  // open addressing; zero: free
};

/// A set for each workload of a run, to outlive a single exploration of it.
class TraceSets {
 public:
  explicit TraceSets(std::size_t workloads);

  /// Of the workload at this place. Different ones may be used by different threads.
  const std::shared_ptr<TraceSet>& of(std::size_t workload) const { return sets_[workload]; }

 private:
  std::vector<std::shared_ptr<TraceSet>> sets_;
};

}  // namespace simcheck::model
