#include "cli/simulated_range.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cli/terminal.hpp"
#include "cli/usage_error.hpp"
#include "model/block_scenario.hpp"
#include "model/workload_size.hpp"
#include "reports/plain_text.hpp"
#include "sim/world.hpp"

namespace simcheck::cli {
namespace {

constexpr std::uint64_t kFailedPercentMax = 10;

// Of the driver, or of the block layer above it.
std::uint64_t device_size(const model::CheckOptions& check) {
  sim::World world;
  const std::uint64_t size = build_devices(scenario_of(check, {}), world).top->size();
  if (world.unfinished() != 0) world.cancel();
  return size;
}

}  // namespace

void fit_range(SimulateCommand& command, const model::CheckOptions& check) {
  model::RequestMix& mix = command.mix;
  if (command.range_given || !command.subject.workload.empty()) return;
  const std::uint64_t size = device_size(check);
  if (size < mix.block_bytes)
    throw UsageError(fmt::format("--block-size: {} are more than the {} that the driver {} has",
                                 model::size_text(mix.block_bytes), model::size_text(size),
                                 check.driver));
  mix.range_bytes = std::min(mix.range_bytes, size);
}

void note_failures(const model::SimulatedRun& run) {
  std::uint64_t failed = 0;
  for (const model::KindFigures& kind : run.guest_figures.kinds) failed += kind.failed;
  if (!run.faults.empty() || failed * 100 <= run.requests() * kFailedPercentMax) return;
  note(fmt::format(
      "{} of {} requests failed, with no --faults: do they lie within the driver's size()?",
      reports::grouped(failed), reports::grouped(run.requests())));
}

}  // namespace simcheck::cli
