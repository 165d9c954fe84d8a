#include "cli/check_options.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

#include "cli/catalog.hpp"
#include "drivers/block_layer.hpp"
#include "drivers/detect_zeroes.hpp"
#include "drivers/log_writes.hpp"
#include "model/sampling_run.hpp"

namespace simcheck::cli {
namespace {

using drivers::DetectZeroesMode;
using sim::BlockDevice;
using sim::World;

model::MakeDevice device_maker(const Options& options, std::uint32_t sector_size) {
  const drivers::LogWritesOptions log_writes{
      .sector_size = sector_size,
      .super_update_interval = options.log_super_update_interval,
      .append = options.initial_log == InitialLogKind::kAppend};
  return [make = options.driver->make, log_writes](World& world, BlockDevice& data,
                                                   BlockDevice& log) -> BlockDevice& {
    return make(world, data, log, log_writes);
  };
}

model::MakeFilter filter_maker(const Options& options, std::uint32_t sector_size) {
  const DetectZeroesMode mode = options.detect_zeroes;
  if (options.block_layer) {
    const drivers::BlockLayerOptions layer{.alignment = sector_size, .detect_zeroes = mode};
    return [layer](World& world, BlockDevice& driver, BlockDevice& data,
                   BlockDevice& log) -> BlockDevice& {
      return world.make<drivers::BlockLayer>(world, driver, data, log, layer);
    };
  }
  if (mode == DetectZeroesMode::kOff) return nullptr;
  return [mode](World& world, BlockDevice& driver, BlockDevice&, BlockDevice&) -> BlockDevice& {
    return world.make<drivers::DetectZeroes>(driver, mode);
  };
}

model::SamplingOptions sampling_options(const Options& options) {
  const model::SamplingOptions defaults;
  return {.seed = options.seed.value_or(defaults.seed),
          .samples = options.samples.value_or(defaults.samples),
          .pct_depth = options.pct_depth.value_or(defaults.pct_depth),
          .soak_seconds = options.soak_seconds.value_or(0)};
}

model::ScheduleBound schedule_bound(const Options& options) {
  using Of = model::ScheduleBound::Of;
  if (options.preemptions) return {Of::kPreemptions, *options.preemptions};
  if (options.delays) return {Of::kDelays, *options.delays};
  return {};
}

// Exhaustive search of the default set finds the fewest requests first, and who gives two or three
// requests wants to see these.
bool is_workload_long(const Options& options, const model::CheckOptions& check) {
  constexpr std::size_t kFew = 3;
  if (model::is_sampling(check.strategy)) return true;
  return !options.workload.empty() &&
         std::ranges::any_of(check.workloads, [](const auto& w) { return w.size() > kFew; });
}

std::optional<model::PowerCut> power_cut(const Options& options) {
  if (!options.faults.power_cut) return std::nullopt;
  model::PowerCut cut{.model = options.crash_model, .cuts = options.cuts};
  cut.recovery = options.recovery->recovery;
  if (cut.recovery.run) cut.recovery_name = options.recovery->name;
  return cut;
}

std::string_view to_string(DetectZeroesMode mode) {
  return mode == DetectZeroesMode::kUnmap ? "unmap" : "on";
}

// Adds options, as on a command line.
auto adder_to(std::string& text) {
  return [&text](const std::string& option) { text += (text.empty() ? "" : " ") + option; };
}

// As --property asks for them; none where the default suffices.
std::vector<std::string> chosen_properties(const Options& options) {
  if (options.all_properties) return {"all"};
  std::vector<std::string> names;
  if (!options.properties_chosen) return names;
  if (options.default_properties) names.emplace_back("default");
  for (const properties::PropertyInfo* info : options.properties) {
    const bool in_group =
        options.default_properties && is_default(*info, circumstances_of(options));
    if (!in_group) names.emplace_back(info->name);
  }
  return names;
}

}  // namespace

model::CheckOptions check_options(const Options& options, WorkloadChoice choice) {
  model::CheckOptions check;
  check.program = options.program;
  check.workers = options.workers;
  check.driver = std::string(options.driver->name);
  check.threads = options.threads;
  check.workload_set = std::move(choice.description);
  check.depth = options.depth;
  check.in_flight_max = choice.in_flight_max;
  check.make_device = device_maker(options, choice.log_sector_size);
  check.make_filter = filter_maker(options, choice.log_sector_size);
  check.log_sector_size = choice.log_sector_size;
  check.super_interval = options.log_super_update_interval;
  check.initial_log = initial_log(options.initial_log, choice.log_sector_size);
  check.faults = options.faults;
  check.power_cut = power_cut(options);
  check.fault_plan = options.fault_plan;
  check.workloads = std::move(choice.workloads);
  check.bounds = std::move(choice.bounds);
  for (const properties::PropertyInfo* info : options.properties)
    check.properties.push_back(info->make());
  check.strategy = *options.strategy;
  check.schedule = options.schedule;
  check.equivalence = *options.equivalence;
  check.judge_alike_once = true;
  check.symmetry = *options.symmetry;
  check.keep_going = options.keep_going;
  check.shrink_limit = options.shrink_limit;
  check.shrink_workload = is_workload_long(options, check);
  check.limits = options.limits;
  check.bound = schedule_bound(options);
  check.sampling = sampling_options(options);
  return check;
}

std::string setting_options(const Options& options, const WorkloadChoice& choice) {
  const Options defaults;
  std::string text;
  const auto add = adder_to(text);
  if (choice.in_flight_max != 0) add(fmt::format("--in-flight {}", choice.in_flight_max));
  if (options.block_layer) add("--block-layer");
  if (options.detect_zeroes != defaults.detect_zeroes)
    add(fmt::format("--detect-zeroes {}", to_string(options.detect_zeroes)));
  if (choice.log_sector_size != logs::kSectorSizeDefault)
    add(fmt::format("--log-sector-size {}", choice.log_sector_size));
  if (options.log_super_update_interval != defaults.log_super_update_interval)
    add(fmt::format("--super-interval {}", options.log_super_update_interval));
  return text;
}

std::string replay_options(const Options& options, const WorkloadChoice& choice) {
  const Options defaults;
  std::string text = setting_options(options, choice);
  const auto add = adder_to(text);
  if (options.threads != defaults.threads) add(fmt::format("--threads {}", options.threads));
  if (options.initial_log != defaults.initial_log)
    add(fmt::format("--initial-log {}", to_string(options.initial_log)));
  const std::string lasting = to_text(model::FaultOptions{.log_sectors = options.faults.log_sectors,
                                                          .power_cut = options.faults.power_cut});
  if (!lasting.empty()) add("--faults " + lasting);
  if (options.crash_model.durability != defaults.crash_model.durability)
    add(fmt::format("--durability {}", to_string(options.crash_model.durability)));
  if (options.crash_model.sector_bytes != defaults.crash_model.sector_bytes)
    add(fmt::format("--disk-sector {}", options.crash_model.sector_bytes));
  if (options.recovery->name != default_recovery())
    add(fmt::format("--recovery {}", options.recovery->name));
  if (options.cuts != defaults.cuts) add(fmt::format("--cuts {}", options.cuts));
  if (options.limits.steps_max != defaults.limits.steps_max)
    add(fmt::format("--max-steps {}", options.limits.steps_max));
  for (const std::string& property : chosen_properties(options)) add("--property " + property);
  return text;
}

}  // namespace simcheck::cli
