#include "model/block_scenario.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "model/guest.hpp"
#include "model/request_tap.hpp"

namespace simcheck::model {

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
  for (const Stage& stage : scenario.workload.stages) {
    guest.add_stage(stage, lane);
    lane += stage.size();
  }
  guest.submit_stage(0);
  if (scenario.fault_scope || !scenario.faults.empty())
    world.inject(scenario.faults, scenario.fault_scope.value_or(sim::FaultScope{}));
  return stack.devices;
}

// A stage is submitted along with the last acknowledgement of the one before it, whoever's that is:
// what is ordered against submissions is ordered against acknowledgements, unless it is one itself.
std::uint32_t with_next_stage(std::uint32_t kinds, std::uint32_t against) {
  constexpr std::uint32_t kAcknowledged = bit_of(sim::EventKind::kAcknowledged);
  const bool submits = (kinds & bit_of(sim::EventKind::kSubmitted)) != 0;
  return submits && (against & ~kAcknowledged) != 0 ? kinds | kAcknowledged : kinds;
}

// `sees`: what decides, beside the cut itself, about what it leaves; 0 if that is shown to nobody.
void observe_cut(std::uint32_t sees, sim::CrashModel model, sim::World& world) {
  if (sees == 0) return;
  for (const sim::DeviceRole role : {sim::DeviceRole::kData, sim::DeviceRole::kLog}) {
    if ((sees & all_moments(role)) == 0) continue;
    world.observe(world.add_object("what a flush covers"),
                  bit_of(role, sim::DiskMoment::kFlushSubmitted),
                  bit_of(role, sim::DiskMoment::kHeadCompleted) |
                      bit_of(role, sim::DiskMoment::kBodyCompleted));
    const std::uint32_t effects = sees & (bit_of(role, sim::DiskMoment::kHeadEffect) |
                                          bit_of(role, sim::DiskMoment::kBodyEffect));
    if (effects != 0 && shows_order(model))
      world.observe(world.add_object("order of effects"), effects, effects);
  }
  world.add_power_cut(with_next_stage(sees, ~0U));
}

void watch_disks(const properties::PropertyList& properties, const BlockDevices& devices,
                 bool is_cut) {
  const bool is_watched = std::ranges::any_of(properties, [is_cut](const auto& property) {
    const properties::Observes observes = property->observes();
    return observes.record || (is_cut && observes.cut != 0);  // what a cut leaves is made of it
  });
  if (!is_watched) return;
  devices.data->watch(sim::DeviceRole::kData, 0);
  devices.log->watch(sim::DeviceRole::kLog, devices.log_sector_size);
}

void observe(const properties::PropertyList& properties, sim::World& world,
             const BlockDevices& devices, const std::optional<PowerCut>& power_cut) {
  std::vector<properties::Order> seen;  // by several properties the same
  for (const auto& property : properties) {
    const properties::Observes observes = property->observes();
    for (const properties::Order& order : observes.orders) {
      if (std::ranges::find(seen, order) != seen.end()) continue;
      seen.push_back(order);
      world.observe(world.add_object(std::string(property->name())),
                    with_next_stage(order.reads, order.writes),
                    with_next_stage(order.writes, order.reads));
    }
  }
  watch_disks(properties, devices, power_cut.has_value());
  if (power_cut) observe_cut(cut_moments(properties, *power_cut), power_cut->model, world);
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
