#include "cli/settings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>

#include "cli/catalog.hpp"
#include "model/archive.hpp"
#include "model/fault_plan.hpp"
#include "model/workload.hpp"
#include "sim/hash128.hpp"

namespace simcheck::cli {
namespace {

using drivers::DetectZeroesMode;

std::string text(bool on) { return on ? "on" : "off"; }

template <typename Value>
std::string text(const std::optional<Value>& value) {
  return value ? fmt::to_string(*value) : "";
}

// A limit that nobody set is 0, which nobody can give.
std::string limit_text(std::uint64_t value) { return value == 0 ? "" : fmt::to_string(value); }

std::string text(DetectZeroesMode mode) {
  if (mode == DetectZeroesMode::kOff) return "off";
  return mode == DetectZeroesMode::kOn ? "on" : "unmap";
}

// A file, or the default set, may have changed under the same name.
std::string fingerprint(const std::vector<model::Workload>& workloads) {
  sim::Hash128 hash = sim::kHashSeed;
  for (const model::Workload& workload : workloads) {
    const std::string line = model::to_text(workload);
    sim::mix(hash, std::as_bytes(std::span(line)));
  }
  return fmt::format("{} workloads, {:016x}", workloads.size(), hash.low ^ hash.high);
}

std::string names_of(const properties::PropertyList& properties) {
  std::string names;
  for (const auto& property : properties) {
    names += names.empty() ? "" : " ";
    names += property->name();
  }
  return names;
}

}  // namespace

void Setting::save_or_load(model::Archive& archive) { archive(option, value); }

Settings settings_of(const Options& options, const model::CheckOptions& check) {
  const model::SamplingOptions& sampling = check.sampling;
  const bool is_observed = check.equivalence == model::Equivalence::kObserved;
  return {{"--driver", check.driver},
          {"--depth", fmt::to_string(check.depth)},
          {"--in-flight", limit_text(check.in_flight_max)},
          {"--threads", fmt::to_string(check.threads)},
          {"--workload", check.workload_set},
          {"the content of --workload", fingerprint(check.workloads)},
          {"--detect-zeroes", text(options.detect_zeroes)},
          {"--block-layer", text(options.block_layer)},
          {"--log-sector-size", fmt::to_string(check.log_sector_size)},
          {"--super-interval", fmt::to_string(options.log_super_update_interval)},
          {"--initial-log", std::string(to_string(options.initial_log))},
          {"--faults", to_text(check.faults)},
          {"--fault-plan", model::to_text(check.fault_plan)},
          {"--durability", std::string(to_string(options.crash_model.durability))},
          {"--disk-sector", fmt::to_string(options.crash_model.sector_bytes)},
          {"--recovery", std::string(options.recovery->name)},
          {"--cuts", fmt::to_string(options.cuts)},
          {"--property", names_of(check.properties)},
          {"--strategy", std::string(name_of(check.strategy))},
          {"--replay", check.schedule},
          {"--keep-going", text(check.keep_going)},
          {"--shrink-limit", fmt::to_string(check.shrink_limit)},
          {"--preemptions", text(options.preemptions)},
          {"--delays", text(options.delays)},
          {"--equivalence", is_observed ? "observed" : "trace"},
          {"--symmetry", text(check.symmetry)},
          {"--max-executions", limit_text(check.limits.executions_max)},
          {"--max-steps", fmt::to_string(check.limits.steps_max)},
          {"--max-states", fmt::to_string(check.limits.states_max)},
          {"--samples", fmt::to_string(sampling.samples)},
          {"--seed", fmt::to_string(sampling.seed)},
          {"--time", text(options.soak_seconds)},
          {"--pct-depth", fmt::to_string(sampling.pct_depth)}};
}

std::optional<Difference> difference(const Settings& saved, const Settings& now) {
  const auto value_in = [](const Settings& settings, const std::string& option) {
    const auto found = std::ranges::find(settings, option, &Setting::option);
    return found == settings.end() ? "" : found->value;
  };
  for (const Setting& setting : now) {
    const std::string before = value_in(saved, setting.option);
    if (before != setting.value) return Difference{setting.option, before, setting.value};
  }
  for (const Setting& setting : saved) {
    const std::string after = value_in(now, setting.option);
    if (after != setting.value) return Difference{setting.option, setting.value, after};
  }
  return std::nullopt;
}

bool decides_nothing(std::string_view option) {
  static constexpr std::array kOptions = {"--help",
                                          "--version",
                                          "--workers",
                                          "--max-time",
                                          "--max-memory",
                                          "--checkpoint",
                                          "--checkpoint-interval",
                                          "--resume",
                                          "--expect",
                                          "--json",
                                          "--format",
                                          "--output",
                                          "--baseline",
                                          "--write-baseline",
                                          "--events",
                                          "--html",
                                          "--save-data",
                                          "--save-log",
                                          "--stats",
                                          "--trace",
                                          "--color",
                                          "--quiet",
                                          "--verbose"};
  return std::ranges::find(kOptions, option) != kOptions.end();
}

}  // namespace simcheck::cli
