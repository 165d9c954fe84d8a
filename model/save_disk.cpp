#include "model/save_disk.hpp"

#include <algorithm>
#include <vector>

#include "model/crash_check.hpp"
#include "model/replay.hpp"
#include "sim/testbed.hpp"

namespace simcheck::model {
namespace {

void follow(sim::World& world, const Schedule& schedule) {
  const auto strategy = make_replay(world, schedule);
  while (const sim::FiberSet enabled = world.enabled()) world.run(*strategy->choose(enabled));
}

sim::Disk* disk_of(const BlockDevices& devices, sim::DeviceRole role) {
  return role == sim::DeviceRole::kData ? devices.data : devices.log;
}

// The first image that breaks a promise, as it is judged; if none does, all that took effect.
void save_image(const CheckOptions& options, const sim::World& world, const sim::Disk& disk,
                sim::DeviceRole role, const SaveContent& save) {
  sim::History history = world.history();
  history.ending = world.was_cut_short() ? sim::Ending::kCut : sim::Ending::kFinished;
  bool saved = false;
  CrashCheck check(options.properties, *options.power_cut);
  check.show_broken([&](const CutContent& data, const CutContent& log) {
    const CutContent& left = role == sim::DeviceRole::kData ? data : log;
    if (!saved) save(left.content, std::max(disk.end_of_content(), left.written_end));
    saved = true;
  });
  std::vector<BrokenProperty> broken;
  std::vector<bool> exercised(options.properties.size());
  check.judge(history, broken, exercised);
  if (!saved) save(disk, disk.end_of_content());
}

// True if the schedule ends with a power cut; then all is done.
bool save_cut_disk(const CheckOptions& options, const BlockScenario& scenario,
                   const Schedule& schedule, sim::DeviceRole role, const SaveContent& save) {
  if (!options.power_cut) return false;
  sim::Disk* disk = nullptr;
  sim::Testbed testbed([&](sim::World& world) {
    const BlockDevices devices = build(scenario, world);
    observe(options.properties, world, devices, options.power_cut);
    disk = disk_of(devices, role);
  });
  sim::World& world = testbed.world();
  const sim::FiberId power{static_cast<std::uint32_t>(world.fiber_count()) - 1};
  const bool cuts = cut_moments(options.properties, *options.power_cut) != 0;
  if (!cuts || std::ranges::find(schedule, power) == schedule.end()) return false;
  follow(world, schedule);
  save_image(options, world, *disk, role, save);
  return true;
}

}  // namespace

void save_disk(const CheckOptions& options, const Workload& workload, const std::string& text,
               sim::DeviceRole role, const SaveContent& save) {
  BlockScenario scenario = scenario_of(options, workload);
  const Schedule schedule = schedule_of(text);
  if (save_cut_disk(options, scenario, schedule, role, save)) return;
  scenario.workload.stages.push_back({{.kind = sim::IoKind::kFlush}});
  sim::Disk* disk = nullptr;
  sim::Testbed testbed([&](sim::World& world) { disk = disk_of(build(scenario, world), role); });
  follow(testbed.world(), schedule);
  save(*disk, disk->end_of_content());
}

}  // namespace simcheck::model
