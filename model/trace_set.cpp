#include "model/trace_set.hpp"

#include <algorithm>

#include "model/archive.hpp"

namespace simcheck::model {
namespace {

constexpr std::size_t kTracesOfAllMax = 8 * kTracesMax;  // shared evenly among the workloads

}  // namespace

void TraceSet::save_or_load(Archive& archive) { archive(hashes_, overflowed_); }

TraceSets::TraceSets(std::size_t workloads) {
  const std::size_t share = kTracesOfAllMax / std::max<std::size_t>(workloads, 1);
  for (std::size_t i = 0; i < workloads; ++i) {
    sets_.push_back(std::make_shared<TraceSet>(std::clamp<std::size_t>(share, 1, kTracesMax)));
  }
}

}  // namespace simcheck::model
