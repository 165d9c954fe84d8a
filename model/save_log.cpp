#include "model/save_log.hpp"

#include <algorithm>
#include <cstdint>
#include <vector>

#include "model/replay.hpp"
#include "sim/testbed.hpp"

namespace simcheck::model {

void save_log(const CheckOptions& options, const Workload& workload, const std::string& schedule,
              const std::function<void(std::span<const std::byte>)>& write) {
  BlockScenario scenario = scenario_of(options, workload);
  scenario.workload.stages.push_back({{.kind = sim::IoKind::kFlush}});
  sim::Disk* log = nullptr;
  sim::Testbed testbed([&](sim::World& world) { log = build(scenario, world).log; });
  sim::World& world = testbed.world();
  const auto strategy = make_replay(world, schedule_of(schedule));
  while (const sim::FiberSet enabled = world.enabled()) world.run(*strategy->choose(enabled));
  std::vector<std::byte> piece(std::size_t{1} << 16);
  const std::uint64_t end = log->end_of_content();
  for (std::uint64_t offset = 0; offset < end; offset += piece.size()) {
    const std::uint64_t length = std::min<std::uint64_t>(piece.size(), end - offset);
    read_content(*log, offset, std::span(piece).first(length));
    write(std::span<const std::byte>(piece).first(length));
  }
}

}  // namespace simcheck::model
