#include "model/lane_symmetry.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

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

}  // namespace

// The symmetry class of each lane: requests of one stage and one thread that differ in nothing but
// their own extent (and the byte they write) can be exchanged, faults that hit them included.
std::vector<std::uint32_t> symmetry_classes(const BlockScenario& scenario) {
  using Class = std::tuple<std::size_t, std::size_t, bool, std::size_t, sim::IoKind, std::uint64_t,
                           std::optional<std::uint8_t>, bool, std::uint64_t, LaneFaults>;
  std::vector<const Request*> all;
  for (const Stage& stage : scenario.workload.stages) {
    for (const Request& request : stage) all.push_back(&request);
  }
  std::vector<std::uint32_t> classes(all.size());
  if (!scenario.symmetry) return classes;
  std::map<Class, std::uint32_t> numbers;
  std::size_t lane = 0;
  for (std::size_t s = 0; s < scenario.workload.stages.size(); ++s) {
    std::size_t group = 0;
    for (const Request& request : scenario.workload.stages[s]) {
      const std::uint64_t sector = scenario.log_sector_size;
      const Class key{s,
                      group,
                      request.waits,
                      kind_of_thread(lane, all.size(), scenario.threads),
                      request.kind,
                      request.length,
                      request.pattern,
                      request.fua,
                      request.offset % sector,
                      faults_of(scenario.faults, lane)};
      if (scenario.in_flight_max == 0 && stands_alone(all, lane, sector)) {
        classes[lane] =
            numbers.try_emplace(key, static_cast<std::uint32_t>(numbers.size() + 1)).first->second;
      }
      if (request.waits) ++group;
      ++lane;
    }
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
