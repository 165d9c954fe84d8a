#include "model/latency_histogram.hpp"

namespace simcheck::model {

LatencyHistogram& LatencyHistogram::operator+=(const LatencyHistogram& other) {
  for (std::size_t i = 0; i < buckets_.size(); ++i) buckets_[i] += other.buckets_[i];
  count_ += other.count_;
  sum_ns_ += other.sum_ns_;
  min_ns_ = std::min(min_ns_, other.min_ns_);
  max_ns_ = std::max(max_ns_, other.max_ns_);
  return *this;
}

std::uint64_t LatencyHistogram::middle_of(std::size_t bucket) {
  if (bucket < kPerOctave) return bucket;
  const std::size_t shift = bucket / kPerOctave - 1;
  const std::uint64_t begin = (kPerOctave + bucket % kPerOctave) << shift;
  return begin + (std::uint64_t{1} << shift) / 2;
}

std::uint64_t LatencyHistogram::percentile_ns(std::uint64_t of_100000) const {
  if (count_ == 0) return 0;
  // The rank, from 1, in two halves: a count times 100,000 may not fit.
  const std::uint64_t rank =
      count_ / 100'000 * of_100000 + (count_ % 100'000 * of_100000 + 99'999) / 100'000;
  std::uint64_t so_far = 0;
  for (std::size_t i = 0; i < buckets_.size(); ++i) {
    so_far += buckets_[i];
    if (so_far >= rank && so_far > 0) return std::clamp(middle_of(i), min_ns_, max_ns_);
  }
  return max_ns_;
}

}  // namespace simcheck::model
