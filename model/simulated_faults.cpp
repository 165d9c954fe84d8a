#include "model/simulated_faults.hpp"

#include <algorithm>
#include <utility>

namespace simcheck::model {

SimulatedFaults::SimulatedFaults(FaultOptions options, std::uint64_t seed)
    : options_(std::move(options)), random_(seed) {}

// "torn" stands for two kinds.
sim::FaultKind SimulatedFaults::draw_kind(const FaultBudget& budget) {
  const auto& kinds = budget.what->kinds;
  return kinds[1] == sim::FaultKind::kNone ? kinds[0] : kinds[random_.below(kinds.size())];
}

void SimulatedFaults::begin_segment(std::uint64_t requests) {
  planned_.clear();
  struck_.clear();
  for (const FaultBudget& budget : options_.budgets) {
    for (std::uint32_t i = 0; i < budget.max; ++i) {
      planned_.push_back({.kind = draw_kind(budget),
                          .budget = &budget,
                          .after = random_.below(std::max<std::uint64_t>(requests, 1)),
                          .skips = random_.below(kSkippedMax + 1)});
    }
  }
}

sim::FaultKind SimulatedFaults::draw(const sim::FaultTarget& target, sim::FaultKindSet possible,
                                     std::uint64_t begun, const StruckFault& who) {
  const auto hits = std::ranges::find_if(planned_, [&](Planned& fault) {
    if (begun <= fault.after || (possible & bit_of(fault.kind)) == 0) return false;
    if (fault.budget->device.value_or(target.device) != target.device) return false;
    if (fault.budget->io.value_or(target.kind) != target.kind) return false;
    return fault.skips-- == 0;
  });
  if (hits == planned_.end()) return sim::FaultKind::kNone;
  const sim::FaultKind kind = hits->kind;
  planned_.erase(hits);
  struck_.push_back(who);
  struck_.back().kind = kind;
  struck_.back().device = target.device;
  struck_.back().io = target.kind;
  ++counts_[static_cast<std::size_t>(kind)];
  return kind;
}

}  // namespace simcheck::model
