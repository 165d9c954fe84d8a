#include "model/save_log.hpp"

#include <algorithm>
#include <cstdint>
#include <vector>

#include "model/crash_check.hpp"
#include "model/replay.hpp"
#include "sim/testbed.hpp"

namespace simcheck::model {
namespace {

using Write = std::function<void(std::span<const std::byte>)>;

void follow(sim::World& world, const Schedule& schedule) {
  const auto strategy = make_replay(world, schedule);
  while (const sim::FiberSet enabled = world.enabled()) world.run(*strategy->choose(enabled));
}

// Of [0, end): behind it there is nothing.
void write_content(const sim::ContentView& content, std::uint64_t end, const Write& write) {
  std::vector<std::byte> piece(std::size_t{1} << 16);
  for (std::uint64_t offset = 0; offset < end; offset += piece.size()) {
    const std::uint64_t length = std::min<std::uint64_t>(piece.size(), end - offset);
    read_content(content, offset, std::span(piece).first(length));
    write(std::span<const std::byte>(piece).first(length));
  }
}

// The first image of the log that breaks a promise, as it is judged; if none does, all that took
// effect.
void write_cut_log(const CheckOptions& options, const sim::World& world, const sim::Disk& disk,
                   const Write& write) {
  sim::History history = world.history();
  history.ending = world.was_cut_short() ? sim::Ending::kCut : sim::Ending::kFinished;
  bool written = false;
  CrashCheck check(options.properties, *options.power_cut);
  check.show_broken([&](const sim::ContentView& log) {
    std::uint64_t end = disk.end_of_content();  // a recovery may have written more
    for (const sim::DiskVersion& version : log.record().versions) end = std::max(end, version.end);
    if (!written) write_content(log, end, write);
    written = true;
  });
  std::vector<BrokenProperty> broken;
  std::vector<bool> exercised(options.properties.size());
  check.judge(history, broken, exercised);
  if (!written) write_content(disk, disk.end_of_content(), write);
}

// True if the schedule ends with a power cut; then all is done.
bool save_cut_log(const CheckOptions& options, const BlockScenario& scenario,
                  const Schedule& schedule, const Write& write) {
  if (!options.power_cut) return false;
  sim::Disk* log = nullptr;
  sim::Testbed testbed([&](sim::World& world) {
    const BlockDevices devices = build(scenario, world);
    observe(options.properties, world, devices, options.power_cut);
    log = devices.log;
  });
  sim::World& world = testbed.world();
  const sim::FiberId power{static_cast<std::uint32_t>(world.fiber_count()) - 1};
  const bool cuts = cut_moments(options.properties, *options.power_cut) != 0;
  if (!cuts || std::ranges::find(schedule, power) == schedule.end()) return false;
  follow(world, schedule);
  write_cut_log(options, world, *log, write);
  return true;
}

}  // namespace

void save_log(const CheckOptions& options, const Workload& workload, const std::string& text,
              const Write& write) {
  BlockScenario scenario = scenario_of(options, workload);
  const Schedule schedule = schedule_of(text);
  if (save_cut_log(options, scenario, schedule, write)) return;
  scenario.workload.stages.push_back({{.kind = sim::IoKind::kFlush}});
  sim::Disk* log = nullptr;
  sim::Testbed testbed([&](sim::World& world) { log = build(scenario, world).log; });
  follow(testbed.world(), schedule);
  write_content(*log, log->end_of_content(), write);
}

}  // namespace simcheck::model
