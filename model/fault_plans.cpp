#include "model/fault_plans.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace simcheck::model {
namespace {

using sim::Fault;
using sim::FaultKind;
using sim::FaultPlan;

using LaneFaults = std::vector<std::pair<std::uint32_t, FaultKind>>;

// Lanes with faults before those without.
bool comes_before(const LaneFaults& a, const LaneFaults& b) {
  if (a.empty() != b.empty()) return b.empty();
  return a < b;
}

// Behind every fault that the plan has in this lane?
bool is_last_of_lane(const FaultPlan& plan, std::size_t lane, std::size_t io) {
  return std::ranges::all_of(plan, [&](const Fault& fault) {
    return sim::index_of(fault.fiber) != lane || fault.io < io;
  });
}

void merge(std::vector<sim::FaultKindSet>& sum, const std::vector<sim::FaultKindSet>& part) {
  if (sum.size() < part.size()) sum.resize(part.size());
  for (std::size_t io = 0; io < part.size(); ++io) sum[io] |= part[io];
}

}  // namespace

void FaultsMet::add(const sim::FaultInjector& execution) {
  all_fired |= execution.all_fired();
  if (possible.size() < execution.seen().size()) possible.resize(execution.seen().size());
  for (std::size_t lane = 0; lane < possible.size(); ++lane)
    merge(possible[lane], execution.seen()[lane]);
}

void FaultsMet::add(const FaultsMet& other) {
  all_fired |= other.all_fired;
  if (possible.size() < other.possible.size()) possible.resize(other.possible.size());
  for (std::size_t lane = 0; lane < other.possible.size(); ++lane)
    merge(possible[lane], other.possible[lane]);
}

FaultPlan canonical(const FaultPlan& plan, const LaneClasses& classes) {
  std::vector<LaneFaults> of_lane(classes.size());
  for (const Fault& fault : plan)
    of_lane.at(sim::index_of(fault.fiber)).emplace_back(fault.io, fault.kind);
  std::map<std::size_t, std::vector<LaneFaults>> of_class;
  for (std::size_t lane = 0; lane < classes.size(); ++lane)
    of_class[classes[lane]].push_back(of_lane[lane]);
  for (auto& [first, lanes] : of_class) std::ranges::sort(lanes, comes_before);
  std::map<std::size_t, std::size_t> given;  // by class: how many of its lanes have theirs
  FaultPlan result;
  for (std::size_t lane = 0; lane < classes.size(); ++lane) {
    for (const auto& [io, kind] : of_class[classes[lane]][given[classes[lane]]++])
      result.push_back({sim::FiberId{static_cast<std::uint32_t>(lane)}, io, kind});
  }
  return result;
}

std::vector<FaultPlan> extensions(const FaultPlan& plan, const FaultsMet& met,
                                  const FaultOptions& options) {
  std::vector<FaultPlan> plans;
  for (std::size_t lane = 0; lane < met.possible.size(); ++lane) {
    for (std::size_t i = 0; i < met.possible[lane].size(); ++i) {
      if (!is_last_of_lane(plan, lane, i + 1)) continue;
      for (std::size_t k = 1; k < sim::kFaultKinds; ++k) {
        const auto kind = static_cast<FaultKind>(k);
        if ((met.possible[lane][i] & sim::bit_of(kind)) == 0) continue;
        FaultPlan longer = plan;
        longer.push_back({sim::FiberId{static_cast<std::uint32_t>(lane)},
                          static_cast<std::uint32_t>(i + 1), kind});
        std::ranges::sort(longer);
        if (within_budgets(longer, options)) plans.push_back(std::move(longer));
      }
    }
  }
  return plans;
}

}  // namespace simcheck::model
