// The generations of the log-writes driver: five from the race to what QEMU 9.0 merged, and one of
// our own. Each is one file of this folder; to add one, copy the nearest and list it in
// generations.cpp.
#pragma once

#include <span>
#include <string_view>

#include "drivers/log_writes.hpp"

namespace simcheck::drivers {

/// Makes a driver that belongs to the world. The devices must outlive its use.
using DriverFactory = sim::BlockDevice& (*)(sim::World& world, sim::BlockDevice& data,
                                            sim::BlockDevice& log, const LogWritesOptions& options);

struct DriverInfo {
  std::string_view name;     ///< what users type
  std::string_view summary;  ///< one line, at most 60 characters
  DriverFactory make;
  /// It treats requests alike wherever they lie and whatever byte they write, so that two that
  /// differ in nothing else can be exchanged (--symmetry).
  bool symmetric = false;
  bool takes_options = true;  ///< `make` hands on what the command line says of the log
};

/// Every driver, oldest first.
std::span<const DriverInfo> all_drivers();
/// Those that QEMU had or was offered, without ours.
std::span<const DriverInfo> qemu_drivers();

sim::BlockDevice& make_buggy(sim::World& world, sim::BlockDevice& data, sim::BlockDevice& log,
                             const LogWritesOptions& options);
sim::BlockDevice& make_fixed(sim::World& world, sim::BlockDevice& data, sim::BlockDevice& log,
                             const LogWritesOptions& options);
sim::BlockDevice& make_mutex_v1(sim::World& world, sim::BlockDevice& data, sim::BlockDevice& log,
                                const LogWritesOptions& options);
sim::BlockDevice& make_mutex_v2(sim::World& world, sim::BlockDevice& data, sim::BlockDevice& log,
                                const LogWritesOptions& options);
sim::BlockDevice& make_serialized(sim::World& world, sim::BlockDevice& data, sim::BlockDevice& log,
                                  const LogWritesOptions& options);
sim::BlockDevice& make_crash_safe(sim::World& world, sim::BlockDevice& data, sim::BlockDevice& log,
                                  const LogWritesOptions& options);

}  // namespace simcheck::drivers
