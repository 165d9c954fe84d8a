#include "sim/latency.hpp"

#include <algorithm>

#include "sim/assert.hpp"
#include "sim/exponential.hpp"

namespace simcheck::sim {

Latency Latency::uniform(std::uint64_t min_ns, std::uint64_t max_ns) {
  SIMCHECK_ASSERT(min_ns <= max_ns && max_ns <= kMaxNs, "a latency is at most kMaxNs");
  Latency latency;
  latency.min_ns_ = min_ns;
  latency.max_ns_ = max_ns;
  return latency;
}

Latency Latency::exponential(std::uint64_t mean_ns) {
  SIMCHECK_ASSERT(mean_ns <= kMaxNs, "a latency is at most kMaxNs");
  Latency latency;
  latency.kind_ = Kind::kExponential;
  latency.min_ns_ = mean_ns;
  return latency;
}

Latency Latency::measured(const std::vector<LatencyBin>& bins) {
  Latency latency;
  latency.kind_ = Kind::kMeasured;
  std::uint64_t so_far = 0;
  for (const LatencyBin& bin : bins) {
    SIMCHECK_ASSERT(bin.min_ns <= bin.max_ns && bin.max_ns <= kMaxNs, "a bin is a range");
    if (bin.count == 0) continue;
    so_far += bin.count;
    latency.bins_.push_back({bin.min_ns, bin.max_ns, so_far});
  }
  SIMCHECK_ASSERT(so_far > 0, "somebody measured something");
  return latency;
}

std::uint64_t Latency::draw_other(Random& random) const {
  if (kind_ == Kind::kExponential) {
    // In two halves, since mean and draw have up to 42 and 38 bits.
    const std::uint64_t drawn = draw_exponential(random);
    const std::uint64_t whole = (drawn >> 32) * min_ns_;
    const std::uint64_t high = (drawn & UINT32_MAX) * (min_ns_ >> 32);
    const std::uint64_t low = ((drawn & UINT32_MAX) * (min_ns_ & UINT32_MAX)) >> 32;
    return std::min(whole + high + low, kMaxNs);
  }
  const std::uint64_t which = random.below(bins_.back().count);
  const auto bin = std::ranges::upper_bound(bins_, which, {}, &LatencyBin::count);
  return random.between(std::min(bin->min_ns + 1, bin->max_ns), bin->max_ns);
}

}  // namespace simcheck::sim
