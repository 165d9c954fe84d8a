// Which traces were seen, of each workload of a run.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "model/hash_set.hpp"
#include "model/trace_hash.hpp"

namespace simcheck::model {

/// Traces that are kept of one workload at most: 32 MiB.
inline constexpr std::size_t kTracesMax = std::size_t{1} << 20;

class TraceSet {
 public:
  /// Keeps at most `size_max` traces.
  explicit TraceSet(std::size_t size_max = kTracesMax) : hashes_(size_max) {}

  void insert(const TraceHash& hash) {
    if (hashes_.insert(hash) == HashSet::Insertion::kFull) overflowed_ = true;
  }

  std::size_t size() const { return hashes_.size(); }
  /// There was another trace for which no room was left: size() is too low.
  bool overflowed() const { return overflowed_; }

  std::size_t growth(std::size_t more) const { return hashes_.growth(more); }
  void save_or_load(Archive& archive);

 private:
  HashSet hashes_;
  bool overflowed_ = false;
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
