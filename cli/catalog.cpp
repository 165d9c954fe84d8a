#include "cli/catalog.hpp"

#include <array>

#include "model/default_workloads.hpp"

namespace simcheck::cli {

std::span<const drivers::DriverInfo> all_drivers() { return drivers::all_drivers(); }

std::span<const properties::PropertyInfo> all_properties() { return properties::all_properties(); }

std::span<const StrategyInfo> all_strategies() {
  using Kind = model::StrategyKind;
  static constexpr std::array<StrategyInfo, 3> kStrategies{{
      {"dpor", "one execution per Mazurkiewicz trace; covers everything", Kind::kDpor},
      {"dfs", "every interleaving, no reduction: the slow oracle", Kind::kDfs},
      {"replay", "the one execution that --replay SCHEDULE names", Kind::kReplay},
  }};
  return kStrategies;
}

std::span<const WorkloadSetInfo> all_workload_sets() {
  static constexpr std::array<WorkloadSetInfo, 1> kSets{{
      {kDefaultWorkloads, "bursts of 1 to --depth requests, and small two-stage splits",
       model::default_workloads},
  }};
  return kSets;
}

}  // namespace simcheck::cli
