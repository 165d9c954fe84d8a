// How long requests took: counts by latency in constant memory. Buckets grow with what they count,
// so that a percentile is right to within 1/64 of itself (0.8 percent either way), as in
// HdrHistogram (http://hdrhistogram.org) and fio.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace simcheck::model {

class LatencyHistogram {
 public:
  void add(std::uint64_t ns) {
    ++buckets_[bucket_of(ns)];
    ++count_;
    sum_ns_ += ns;
    min_ns_ = std::min(min_ns_, ns);
    max_ns_ = std::max(max_ns_, ns);
  }
  LatencyHistogram& operator+=(const LatencyHistogram& other);

  std::uint64_t count() const { return count_; }
  std::uint64_t min_ns() const { return count_ == 0 ? 0 : min_ns_; }
  std::uint64_t max_ns() const { return max_ns_; }
  std::uint64_t mean_ns() const { return count_ == 0 ? 0 : sum_ns_ / count_; }
  /// The latency that so many of 100,000 do not exceed: 99'900 for the 99.9th percentile.
  std::uint64_t percentile_ns(std::uint64_t of_100000) const;

 private:
  static constexpr unsigned kBits = 6;  // of a latency that its bucket remembers
  static constexpr std::size_t kPerOctave = std::size_t{1} << kBits;

  static constexpr std::size_t bucket_of(std::uint64_t ns) {
    if (ns < kPerOctave) return static_cast<std::size_t>(ns);
    const auto shift = static_cast<unsigned>(std::bit_width(ns)) - kBits - 1;
    return (shift + 1) * kPerOctave + static_cast<std::size_t>((ns >> shift) - kPerOctave);
  }
  static std::uint64_t middle_of(std::size_t bucket);

  std::array<std::uint64_t, (64 - kBits + 1) * kPerOctave> buckets_{};
  std::uint64_t count_ = 0;
  std::uint64_t sum_ns_ = 0;
  std::uint64_t min_ns_ = UINT64_MAX;
  std::uint64_t max_ns_ = 0;
};

}  // namespace simcheck::model
