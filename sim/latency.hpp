// How long something takes in a simulation: a distribution of latencies, drawn from with a seed.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/random.hpp"

namespace simcheck::sim {

/// Latencies above `min_ns` and up to `max_ns`, all equally likely, that were met `count` times.
struct LatencyBin {
  std::uint64_t min_ns = 0;
  std::uint64_t max_ns = 0;
  std::uint64_t count = 0;

  friend bool operator==(const LatencyBin&, const LatencyBin&) = default;
};

/// One of a few distributions; draws are the same on every machine.
class Latency {
 public:
  /// The longest latency there is: an hour.
  static constexpr std::uint64_t kMaxNs = 3'600'000'000'000;

  static Latency constant(std::uint64_t ns) { return uniform(ns, ns); }
  /// Over [min_ns, max_ns].
  static Latency uniform(std::uint64_t min_ns, std::uint64_t max_ns);
  /// Cut off at kMaxNs.
  static Latency exponential(std::uint64_t mean_ns);
  /// Bins of which at least one has a count. Counts of all together below 2^63.
  static Latency measured(const std::vector<LatencyBin>& bins);

  std::uint64_t draw_ns(Random& random) const {
    return kind_ == Kind::kUniform ? random.between(min_ns_, max_ns_) : draw_other(random);
  }

 private:
  enum class Kind : std::uint8_t { kUniform, kExponential, kMeasured };

  std::uint64_t draw_other(Random& random) const;

  Kind kind_ = Kind::kUniform;
  std::uint64_t min_ns_ = 0;  // kExponential: the mean
  std::uint64_t max_ns_ = 0;
  std::vector<LatencyBin> bins_;  // of kMeasured: `count` is that of all bins up to this one
};

}  // namespace simcheck::sim
