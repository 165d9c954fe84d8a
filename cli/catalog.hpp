// Everything that has a name on the command line, registered by hand. A new driver or property is
// listed in its own room (drivers/generations.cpp, properties/all.cpp) and appears here by itself;
// those of a program of one's own come as Extensions; a new strategy or workload set is added in
// catalog.cpp.
#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/did_you_mean.hpp"
#include "cli/extensions.hpp"
#include "cli/usage_error.hpp"
#include "drivers/generations.hpp"
#include "drivers/recoveries.hpp"
#include "model/check.hpp"
#include "model/workload.hpp"
#include "properties/all.hpp"

namespace simcheck::cli {

struct StrategyInfo {
  std::string_view name;
  std::string_view summary;  ///< one line, at most 60 characters
  model::StrategyKind kind;
};

/// What --faults knows.
struct FaultListing {
  std::string_view name;
  std::string_view summary;                  ///< one line, at most 60 characters
  const model::FaultInfo* budget = nullptr;  ///< null for enospc and cut, which have none
};

struct WorkloadSetInfo {
  std::string_view name;
  std::string_view summary;  ///< one line, at most 60 characters
  std::vector<model::Workload> (*make)(std::uint32_t depth, std::uint64_t extent_bytes);
};

inline constexpr std::string_view kDefaultWorkloads = "default";

/// Puts `own` before the built-in entries, in place of what was added before. To be called, if at
/// all, before anything is looked up. Throws UsageError (check_extensions.hpp).
void extend_catalog(const Extensions& own);

std::span<const drivers::DriverInfo> all_drivers();
/// Those of a program of one's own; none: it has the built-in ones alone.
std::span<const drivers::DriverInfo> own_drivers();
std::string_view default_driver();
std::span<const properties::PropertyInfo> all_properties();
/// What some properties need to be worth checking.
struct Circumstances {
  std::uint32_t threads = 1;  ///< that the driver runs in
  bool faults = false;        ///< disk requests may fail
  bool power_cut = false;
};

/// Is it checked where no property is asked for?
bool is_default(const properties::PropertyInfo& property, const Circumstances& circumstances);
/// May it hold for every driver? Not where this program names those that are checked by default, as
/// drivers that keep no log of the format do, and it is none of them.
bool suits_drivers(const properties::PropertyInfo& property);
/// The option under which it is; null if there is none, or it was given.
const char* needed_by(const properties::PropertyInfo& property, const Circumstances& given);
std::span<const StrategyInfo> all_strategies();
std::string_view name_of(model::StrategyKind kind);
std::span<const WorkloadSetInfo> all_workload_sets();
std::span<const drivers::RecoveryInfo> all_recoveries();
/// What runs after a power cut if nothing else is asked for.
std::string_view default_recovery();
std::span<const FaultListing> all_fault_names();

/// The entry of that name, or nothing.
template <typename Info>
const Info* find(std::span<const Info> all, std::string_view name) {
  for (const Info& info : all)
    if (info.name == name) return &info;
  return nullptr;
}

template <typename Info>
std::vector<std::string> names_of(std::span<const Info> all) {
  std::vector<std::string> names;
  for (const Info& info : all) names.emplace_back(info.name);
  return names;
}

/// The entry of that name. Throws UsageError, with a suggestion, if there is none: `kind` says what
/// was looked for, "driver".
template <typename Info>
const Info& require(std::span<const Info> all, std::string_view kind, std::string_view name) {
  if (const Info* info = find(all, name)) return *info;
  const std::vector<std::string> names = names_of(all);
  std::string hint = did_you_mean(name, names);
  if (hint.empty()) hint = fmt::format("; there are {}", fmt::join(names, ", "));
  throw UsageError(fmt::format("unknown {} {}{}", kind, in_quotes(name), hint));
}

}  // namespace simcheck::cli
