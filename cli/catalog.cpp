#include "cli/catalog.hpp"

#include <algorithm>
#include <array>

#include "cli/check_extensions.hpp"
#include "model/default_workloads.hpp"

namespace simcheck::cli {
namespace {

struct Catalog {
  std::vector<drivers::DriverInfo> drivers;
  std::size_t own_drivers = 0;  // the first of them
  std::vector<properties::PropertyInfo> properties;
  std::vector<drivers::RecoveryInfo> recoveries;
  std::string_view default_driver;
  std::vector<std::string_view> default_properties;
};

template <typename Info>
std::vector<Info> joined(std::vector<Info> own, std::span<const Info> built_in) {
  own.insert(own.end(), built_in.begin(), built_in.end());
  return own;
}

Catalog make_catalog(const Extensions& own) {
  return {.drivers = joined(own.drivers, drivers::all_drivers()),
          .own_drivers = own.drivers.size(),
          .properties = joined(own.properties, properties::all_properties()),
          .recoveries = joined(own.recoveries, drivers::all_recoveries()),
          .default_driver = own.drivers.empty() ? "fixed" : own.drivers.front().name,
          .default_properties = own.default_properties};
}

// Entries are pointed to, so it is filled before the command line is read and not changed then.
Catalog& catalog() {
  static Catalog the_catalog = make_catalog({});
  return the_catalog;
}

}  // namespace

void extend_catalog(const Extensions& own) {
  check_extensions(own);
  catalog() = make_catalog(own);
}

std::span<const drivers::DriverInfo> all_drivers() { return catalog().drivers; }

std::span<const drivers::DriverInfo> own_drivers() {
  return all_drivers().first(catalog().own_drivers);
}

std::string_view default_driver() { return catalog().default_driver; }

std::span<const drivers::RecoveryInfo> all_recoveries() { return catalog().recoveries; }

std::string_view default_recovery() { return catalog().recoveries.front().name; }

std::span<const properties::PropertyInfo> all_properties() { return catalog().properties; }

bool is_default(const properties::PropertyInfo& property, const Circumstances& circumstances) {
  const auto& names = catalog().default_properties;
  if (property.make == properties::make_race_free && circumstances.threads > 1) return true;
  if (!names.empty()) return std::ranges::find(names, property.name) != names.end();
  if (property.make == properties::make_race_free) return false;
  const bool is_of_faults = property.make == properties::make_survives_io_error ||
                            property.make == properties::make_failed_not_logged;
  if (is_of_faults) return circumstances.faults;
  if (property.make == properties::make_crash_parses) return circumstances.power_cut;
  return property.by_default;
}

bool suits_drivers(const properties::PropertyInfo& property) {
  return catalog().default_properties.empty() || is_default(property, {});
}

const char* needed_by(const properties::PropertyInfo& property, const Circumstances& given) {
  if (is_default(property, given)) return nullptr;
  if (is_default(property, {.threads = 2})) return "--threads 2";
  if (is_default(property, {.faults = true})) return "--faults eio=1";
  return is_default(property, {.power_cut = true}) ? "--faults cut" : nullptr;
}

std::span<const StrategyInfo> all_strategies() {
  using Kind = model::StrategyKind;
  static constexpr std::array<StrategyInfo, 8> kStrategies{{
      {"dpor", "one execution per Mazurkiewicz trace; covers everything", Kind::kDpor},
      {"dfs", "every interleaving, no reduction: the slow oracle", Kind::kDfs},
      {"stateful", "every state once: for drivers with few of them", Kind::kStateful},
      {"random", "samples: any enabled step, all equally likely", Kind::kRandom},
      {"pct", "samples: random priorities; shallow bugs with known odds", Kind::kPct},
      {"pos", "samples: random priorities, drawn again where steps race", Kind::kPos},
      {"surw", "samples: interleavings about equally likely", Kind::kSurw},
      {"replay", "the one execution that --replay SCHEDULE names", Kind::kReplay},
  }};
  return kStrategies;
}

std::string_view name_of(model::StrategyKind kind) {
  const auto all = all_strategies();
  const auto info = std::ranges::find(all, kind, &StrategyInfo::kind);
  return info == all.end() ? "" : info->name;
}

std::span<const FaultListing> all_fault_names() {
  static const std::vector<FaultListing> names = [] {
    std::vector<FaultListing> all;
    for (const model::FaultInfo& info : model::all_faults())
      all.push_back({info.name, info.summary, &info});
    all.push_back({"cut", "the power is cut, at any step; see --durability", nullptr});
    all.push_back({"enospc", "no budget: the log has that many sectors, then ENOSPC", nullptr});
    return all;
  }();
  return names;
}

std::span<const WorkloadSetInfo> all_workload_sets() {
  static constexpr std::array<WorkloadSetInfo, 1> kSets{{
      {kDefaultWorkloads, "bursts of 1 to --depth requests, and small two-stage splits",
       model::default_workloads},
  }};
  return kSets;
}

}  // namespace simcheck::cli
