#include "model/trace_set.hpp"

#include <algorithm>
#include <utility>

namespace simcheck::model {
namespace {

constexpr std::size_t kTracesOfAllMax = 8 * kTracesMax;  // shared evenly among the workloads

bool is_free(const TraceHash& slot) { return slot == TraceHash{}; }

}  // namespace

void TraceSet::insert(TraceHash hash) {
  if (is_free(hash)) hash.low = 1;  // a free slot looks like this
  const std::size_t slot = slot_of(hash);
  if (!is_free(slots_[slot])) return;
  if (size_ == size_max_) {
    overflowed_ = true;
    return;
  }
  slots_[slot] = hash;
  if (++size_ * 2 > slots_.size()) grow();
}

// Where it is, or where it belongs.
std::size_t TraceSet::slot_of(const TraceHash& hash) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = hash.low & mask;
  while (!is_free(slots_[slot]) && slots_[slot] != hash) slot = (slot + 1) & mask;
  return slot;
}

void TraceSet::grow() {
  const std::vector<TraceHash> old =
      std::exchange(slots_, std::vector<TraceHash>(slots_.size() * 2));
  for (const TraceHash& hash : old) {
    if (!is_free(hash)) slots_[slot_of(hash)] = hash;
  }
}

TraceSets::TraceSets(std::size_t workloads) {
  const std::size_t share = kTracesOfAllMax / std::max<std::size_t>(workloads, 1);
  for (std::size_t i = 0; i < workloads; ++i) {
    sets_.push_back(std::make_shared<TraceSet>(std::clamp<std::size_t>(share, 1, kTracesMax)));
  }
}

}  // namespace simcheck::model
