#include "tests/model/trace_oracle.hpp"

namespace simcheck::test {

std::vector<std::uint64_t> canonical(const std::vector<model::Transition>& steps,
                                     const model::FootprintTable& footprints) {
  std::vector<bool> taken(steps.size());
  std::vector<std::uint64_t> result;
  while (result.size() < steps.size()) {
    std::size_t best = steps.size();
    for (std::size_t i = 0; i < steps.size(); ++i) {
      if (taken[i] || (best < steps.size() && steps[best].fiber <= steps[i].fiber)) continue;
      bool minimal = true;
      for (std::size_t j = 0; j < i && minimal; ++j) {
        minimal = taken[j] || (steps[j].fiber != steps[i].fiber &&
                               footprints.independent(steps[j].footprint, steps[i].footprint));
      }
      if (minimal) best = i;
    }
    taken[best] = true;
    result.push_back(std::uint64_t{sim::index_of(steps[best].fiber)} << 32 |
                     static_cast<std::uint32_t>(steps[best].footprint));
  }
  return result;
}

}  // namespace simcheck::test
