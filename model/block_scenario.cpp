#include "model/block_scenario.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

#include "model/issue.hpp"
#include "model/request_tap.hpp"
#include "sim/shared.hpp"
#include "sim/sync.hpp"

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

// Requests that are submitted together: when the latch of the stage before theirs opens, or that of
// the request before them in their stage that waits.
struct Group {
  std::vector<sim::RequestId> requests;
  std::size_t stage = 0;
};

// The requests of a stage beyond those that may be in flight together: the next of them starts
// whenever one of the stage is acknowledged.
struct Window {
  struct Later {
    sim::RequestId request;
    sim::Latch* begin;
  };

  Window(sim::World& world, std::size_t stage)
      : next(world, "window " + std::to_string(stage), 0U) {}

  sim::Shared<std::uint32_t> next;
  std::vector<Later> later;
};

// Which group a request belongs to: in a stage, one begins behind each request that waits.
struct Place {
  std::size_t stage = 0, group = 0;
  sim::Latch* opens_next = nullptr;  // the next group of its stage, if the request waits
  Window* window = nullptr;          // if not all of its stage may be in flight
};

// With a filter, what is submitted and acknowledged is told by the tap below it.
class Guest {
 public:
  Guest(sim::World& world, sim::BlockDevice& device, const BlockScenario& scenario)
      : world_(world),
        device_(device),
        tapped_(scenario.make_filter != nullptr),
        threads_(scenario.threads),
        in_flight_max_(scenario.in_flight_max),
        classes_(symmetry_classes(scenario)) {}

  void add_stage(const Stage& stage, std::size_t number, std::size_t first_lane) {
    const sim::Latch* begin = number > 0 ? done_[number - 1] : nullptr;
    done_.push_back(&world_.make<sim::Latch>(world_, static_cast<std::uint32_t>(stage.size())));
    groups_.push_back({.stage = number});
    const bool slides = slides_through(stage);
    Window* window = slides ? &world_.make<Window>(world_, number) : nullptr;
    for (std::size_t i = 0; i < stage.size(); ++i) {
      const bool is_later = slides && i >= in_flight_max_;
      sim::Latch* const slot = is_later ? &world_.make<sim::Latch>(world_, 1U) : nullptr;
      if (is_later) begin = slot;
      Place place{.stage = number, .group = groups_.size() - 1, .window = window};
      if (stage[i].waits) place.opens_next = &world_.make<sim::Latch>(world_, 1U);
      const sim::RequestInfo info = describe(stage[i], number, first_lane + i);
      sim::SpawnOptions options{.starts_after = begin,
                                .thread = sim::ThreadId{info.lane % threads_},
                                .symmetry_class = classes_[info.lane]};
      if (!tapped_) {
        options.request = world_.add_request(info);
        if (!is_later) groups_.back().requests.push_back(options.request);
      } else {
        world_.add_guest_request(info);
      }
      world_.spawn(
          lane_name(first_lane + i), [this, info, place] { run(info, place); }, options);
      if (is_later) window->later.push_back({options.request, slot});
      if (place.opens_next == nullptr) continue;
      begin = place.opens_next;
      groups_.push_back({.stage = number});
    }
  }

  void submit_stage(std::size_t stage) {
    for (std::size_t group = 0; group < groups_.size(); ++group) {
      if (groups_[group].stage == stage) return submit(group);
    }
  }

 private:
  // Where requests wait for one another, the workload itself says how many are in flight.
  bool slides_through(const Stage& stage) const {
    return in_flight_max_ != 0 && stage.size() > in_flight_max_ &&
           std::ranges::none_of(stage, &Request::waits);
  }

  // Others of the stage are still in flight: which of them are acknowledged by now is a choice.
  void submit_amid(sim::RequestId request) {
    world_.notice(bit_of(sim::EventKind::kSubmitted));
    if (request != sim::kNoRequest)
      world_.record({.kind = sim::EventKind::kSubmitted, .request = request});
  }

  void go_on(Window& window) {
    const std::uint32_t next = window.next.fetch_add(1);
    if (next >= window.later.size()) return;
    submit_amid(window.later[next].request);
    window.later[next].begin->count_down();
  }

  void submit(std::size_t group) {
    for (const sim::RequestId request : groups_[group].requests) {
      world_.record({.kind = sim::EventKind::kSubmitted, .request = request});
    }
  }

  void run(const sim::RequestInfo& request, const Place& place) {
    const Answer answer = issue(device_, request);
    if (tapped_) {
      world_.emit({.kind = sim::EventKind::kGuestAcknowledged,
                   .status = answer.status,
                   .sector = request.lane,
                   .flags = answer.read_checksum});
    } else {
      world_.emit({.kind = sim::EventKind::kAcknowledged,
                   .status = answer.status,
                   .flags = answer.read_checksum});
    }
    if (place.window != nullptr) go_on(*place.window);
    if (place.opens_next != nullptr && place.opens_next->count_down()) {
      for (const sim::RequestId next : groups_[place.group + 1].requests) submit_amid(next);
    }
    if (done_[place.stage]->count_down()) submit_stage(place.stage + 1);
  }

  sim::World& world_;
  sim::BlockDevice& device_;
  bool tapped_;
  std::uint32_t threads_;
  std::uint32_t in_flight_max_;
  std::vector<std::uint32_t> classes_;  // by lane
  std::vector<sim::Latch*> done_;       // by stage: opens when all its requests are acknowledged
  std::vector<Group> groups_;           // in order
};

}  // namespace

DeviceStack build_devices(const BlockScenario& scenario, sim::World& world) {
  auto& data = world.make<sim::Disk>(world, "data");
  auto& log = world.make<sim::Disk>(world, "log", scenario.log_bytes);
  world.show_devices(&data, &log, scenario.log_sector_size, scenario.super_interval);
  world.begin_log_at(scenario.initial_log.first_sector, scenario.initial_log.entries);
  if (scenario.initial_log.write) scenario.initial_log.write(log);
  DeviceStack stack{.devices = {&data, &log, scenario.log_sector_size},
                    .top = &scenario.make_device(world, data, log)};
  if (scenario.make_filter) {
    stack.tap = &world.make<RequestTap>(world, *stack.top);
    stack.top = &scenario.make_filter(world, *stack.tap, data, log);
  }
  return stack;
}

BlockDevices build(const BlockScenario& scenario, sim::World& world) {
  const DeviceStack stack = build_devices(scenario, world);
  auto& guest = world.make<Guest>(world, *stack.top, scenario);
  std::size_t lane = 0;
  for (std::size_t s = 0; s < scenario.workload.stages.size(); ++s) {
    guest.add_stage(scenario.workload.stages[s], s, lane);
    lane += scenario.workload.stages[s].size();
  }
  guest.submit_stage(0);
  if (scenario.fault_scope || !scenario.faults.empty())
    world.inject(scenario.faults, scenario.fault_scope.value_or(sim::FaultScope{}));
  return stack.devices;
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

void observe(const properties::PropertyList& properties, sim::World& world,
             const BlockDevices& devices, const std::optional<PowerCut>& power_cut) {
  for (const auto& property : properties) {
    const properties::Observes observes = property->observes();
    for (const properties::Order& order : observes.orders) {
      world.observe(world.add_object(std::string(property->name())), order.reads, order.writes);
    }
    // What a cut leaves is made of the record.
    if (!observes.record && (!power_cut || observes.cut == 0)) continue;
    devices.data->watch(sim::DeviceRole::kData, 0);
    devices.log->watch(sim::DeviceRole::kLog, devices.log_sector_size);
  }
  const std::uint32_t sees = power_cut ? cut_moments(properties, *power_cut) : 0;
  if (sees == 0) return;
  for (const sim::DeviceRole role : {sim::DeviceRole::kData, sim::DeviceRole::kLog}) {
    const std::uint32_t effects = sees & (bit_of(role, sim::DiskMoment::kHeadEffect) |
                                          bit_of(role, sim::DiskMoment::kBodyEffect));
    if (effects != 0 && shows_order(power_cut->model))
      world.observe(world.add_object("order of effects"), effects, effects);
  }
  world.add_power_cut(sees);
}

bool see_overwritten(const properties::PropertyList& properties,
                     const std::optional<PowerCut>& power_cut) {
  if (power_cut && cut_moments(properties, *power_cut) != 0) return true;
  return std::ranges::any_of(properties, [](const auto& p) { return p->observes().overwritten; });
}

std::string lane_name(std::size_t lane) {
  if (lane < 26) return std::string(1, static_cast<char>('A' + lane));
  return fmt::format("R{}", lane);
}

}  // namespace simcheck::model
