#include "model/lane_symmetry.hpp"

#include <algorithm>
#include <compare>
#include <iterator>
#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace simcheck::model {
namespace {

// The whole log sectors that a request touches: behind a filter, it may be padded to these.
struct Padded {
  std::uint64_t begin, end;

  Padded(const Request& request, std::uint64_t sector)
      : begin(request.offset / sector * sector),
        end((request.offset + request.length + sector - 1) / sector * sector) {}
};

// Does the request share nothing with any other, so that its place does not matter?
bool stands_alone(const std::vector<const Request*>& all, std::size_t which, std::uint64_t sector) {
  const Padded mine(*all[which], sector);
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Padded other(*all[i], sector);
    if (i != which && mine.begin < other.end && other.begin < mine.end) return false;
  }
  return true;
}

// Which thread the lane runs on, as far as it matters: all that run one lane alone are alike.
std::size_t kind_of_thread(std::size_t lane, std::size_t lanes, std::size_t threads) {
  const bool alone = lane < threads && lane + threads >= lanes;
  return alone ? threads : lane % threads;
}

using LaneFaults = std::vector<std::pair<std::uint32_t, sim::FaultKind>>;

LaneFaults faults_of(const sim::FaultPlan& plan, std::size_t lane) {
  LaneFaults faults;
  for (const sim::Fault& fault : plan) {
    if (sim::index_of(fault.fiber) == lane) faults.emplace_back(fault.io, fault.kind);
  }
  return faults;
}

// Lanes of equal kind can be exchanged: their requests are of one stage, start together, and differ
// in nothing but their own extent and the byte they write; faults hit them alike.
struct LaneKind {
  std::size_t stage, start;  // start: how many before it in the stage are waited for first
  bool waits;
  std::size_t thread;
  sim::IoKind kind;
  std::uint64_t length;
  std::optional<std::uint8_t> pattern;
  bool fua;
  std::uint64_t offset_in_sector;
  LaneFaults faults;

  auto operator<=>(const LaneKind&) const = default;
};

std::vector<LaneKind> lane_kinds(const BlockScenario& scenario, std::size_t lanes) {
  std::vector<LaneKind> kinds;
  for (std::size_t stage = 0; stage < scenario.workload.stages.size(); ++stage) {
    std::size_t start = 0;
    for (const Request& request : scenario.workload.stages[stage]) {
      const std::size_t lane = kinds.size();
      kinds.push_back({.stage = stage,
                       .start = start,
                       .waits = request.waits,
                       .thread = kind_of_thread(lane, lanes, scenario.threads),
                       .kind = request.kind,
                       .length = request.length,
                       .pattern = request.pattern,
                       .fua = request.fua,
                       .offset_in_sector = request.offset % scenario.log_sector_size,
                       .faults = faults_of(scenario.faults, lane)});
      if (request.waits) ++start;
    }
  }
  return kinds;
}

}  // namespace

// The symmetry class of each lane: those of one kind, unless something tells one of them apart.
std::vector<std::uint32_t> symmetry_classes(const BlockScenario& scenario) {
  std::vector<const Request*> all;
  for (const Stage& stage : scenario.workload.stages) {
    for (const Request& request : stage) all.push_back(&request);
  }
  std::vector<std::uint32_t> classes(all.size());
  if (!scenario.symmetry || scenario.in_flight_max != 0) return classes;
  std::map<LaneKind, std::uint32_t> numbers;
  const std::vector<LaneKind> kinds = lane_kinds(scenario, all.size());
  for (std::size_t lane = 0; lane < all.size(); ++lane) {
    if (!stands_alone(all, lane, scenario.log_sector_size)) continue;
    const auto next = static_cast<std::uint32_t>(numbers.size() + 1);
    classes[lane] = numbers.try_emplace(kinds[lane], next).first->second;
  }
  return classes;
}

std::vector<std::size_t> interchangeable_lanes(const BlockScenario& scenario) {
  const std::vector<std::uint32_t> classes = symmetry_classes(scenario);
  std::vector<std::size_t> firsts(classes.size());
  for (std::size_t lane = 0; lane < classes.size(); ++lane) {
    const auto first = std::ranges::find(classes, classes[lane]);
    firsts[lane] =
        classes[lane] == 0 ? lane : static_cast<std::size_t>(std::distance(classes.begin(), first));
  }
  return firsts;
}

}  // namespace simcheck::model
