// Checks of `crash-safe` and of what is left of it without one of its parts.
#pragma once

#include <cstdint>
#include <string>

#include "cli/fault_values.hpp"
#include "cli/initial_log.hpp"
#include "drivers/crash_safe.hpp"
#include "model/default_workloads.hpp"
#include "tests/model/drivers_under_check.hpp"

namespace simcheck::test {

struct CrashSafeCheck {
  std::string faults = "";  ///< as on the command line
  std::uint64_t super_interval = 4096;
  cli::InitialLogKind initial_log = cli::InitialLogKind::kEmpty;
  std::uint32_t left_out = 0;  ///< bits of CrashSafePart
};

/// Every property but those that `crash-safe` cannot answer for: that a FUA write gets a FLUSH into
/// the log is up to the block layer.
inline properties::PropertyList properties_of_crash_safe() {
  properties::PropertyList list;
  for (const properties::PropertyInfo& info : properties::all_properties())
    if (info.name != "fua-recorded") list.push_back(info.make());
  return list;
}

inline properties::PropertyList property(std::string_view name) {
  for (const properties::PropertyInfo& info : properties::all_properties())
    if (info.name == name) return {info.make()};
  throw std::invalid_argument("no such property");
}

/// The first violation in the default workloads of depth 2, as the command searches them.
inline model::CheckOptions crash_safe(const CrashSafeCheck& what, properties::PropertyList list) {
  model::CheckOptions options = options_for("crash-safe", "flush");
  options.workloads = model::default_workloads(2);
  options.make_device = [what](sim::World& world, sim::BlockDevice& data,
                               sim::BlockDevice& log) -> sim::BlockDevice& {
    return drivers::make_crash_safe_without(
        what.left_out, world, data, log,
        {.super_update_interval = what.super_interval,
         .append = what.initial_log == cli::InitialLogKind::kAppend});
  };
  options.super_interval = what.super_interval;
  options.initial_log = cli::initial_log(what.initial_log, 512);
  if (!what.faults.empty()) options.faults = cli::read_faults(what.faults);
  if (options.faults.power_cut) options.power_cut.emplace();
  options.properties = std::move(list);
  options.equivalence = model::Equivalence::kObserved;
  options.symmetry = true;
  options.keep_going = false;
  return options;
}

}  // namespace simcheck::test
