// A workload on a block device as a World: two disks, the device under test, a fiber per request.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "model/power_cut.hpp"
#include "model/workload.hpp"
#include "properties/property.hpp"
#include "sim/block_device.hpp"
#include "sim/disk.hpp"
#include "sim/faults.hpp"
#include "sim/world.hpp"

namespace simcheck::model {

class RequestTap;

/// Makes the device under test on top of two disks, with World::make, so that the world owns it.
using MakeDevice = std::function<sim::BlockDevice&(sim::World& world, sim::BlockDevice& data,
                                                   sim::BlockDevice& log)>;

/// Makes a filter above the driver: it receives the guest's requests and passes them on.
using MakeFilter = std::function<sim::BlockDevice&(sim::World&, sim::BlockDevice& driver,
                                                   sim::BlockDevice& data, sim::BlockDevice& log)>;

/// What the log device holds at the start.
struct InitialLog {
  std::function<void(sim::Disk& log)> write;  ///< by Disk::prepare(); none: nothing was written
  std::uint64_t first_sector = 1;             ///< log sector at which this run's entries begin
  std::uint64_t entries = 0;                  ///< that are appended to
};

struct BlockScenario {
  Workload workload;
  MakeDevice make_device;
  MakeFilter make_filter;               ///< none: requests go straight to the driver
  std::uint64_t log_sector_size = 512;  ///< bytes
  std::uint64_t super_interval = 0;     ///< entries between superblock updates; 0: not known
  /// Of one stage, so many requests are in flight at most: one is submitted when another is
  /// acknowledged, in the workload's order. 0: all at once.
  std::uint32_t in_flight_max = 0;
  std::uint32_t threads = 1;  ///< request i runs on thread i % threads
  /// Declares which requests can be exchanged (SpawnOptions::symmetry_class).
  bool symmetry = true;
  std::optional<PowerCut> power_cut{};  ///< it may be cut at any step; see observe()
  std::uint64_t log_bytes = sim::Disk::kDefaultBytes;
  InitialLog initial_log{};
  sim::FaultPlan faults{};  ///< lanes are fibers
  /// Which faults the world remembers to be possible; none: of no request.
  std::optional<sim::FaultScope> fault_scope{};
};

/// The devices of a built scenario; they belong to its world.
struct BlockDevices {
  sim::Disk* data = nullptr;
  sim::Disk* log = nullptr;
  std::uint64_t log_sector_size = 512;  ///< bytes
};

/// The devices, and what requests are issued to: the driver, or the filter above it.
struct DeviceStack {
  BlockDevices devices;
  sim::BlockDevice* top = nullptr;
  RequestTap* tap = nullptr;  ///< below the filter; null without one
};

/// Builds all of the scenario but its requests.
DeviceStack build_devices(const BlockScenario& scenario, sim::World& world);

/// Builds the scenario's world. Each request of the workload becomes a fiber named A, B, C, ..., in
/// the workload's order; its History tells what the driver received, which with a filter may be
/// more or other requests than the guest's.
BlockDevices build(const BlockScenario& scenario, sim::World& world);

/// Declares to the world what the properties observe; `devices` are those of build(). With
/// `power_cut`, adds the cut where they look at it.
void observe(const properties::PropertyList& properties, sim::World& world,
             const BlockDevices& devices, const std::optional<PowerCut>& power_cut = {});

/// The part of it that makes the disks keep a record, where a property looks at one, or at what a
/// cut leaves. For those that cut the power on their own.
void watch_disks(const properties::PropertyList& properties, const BlockDevices& devices,
                 bool is_cut);

/// Does one of them look at what was overwritten? Judges of power cuts do, if there are any: what
/// is durable may be an earlier version.
bool see_overwritten(const properties::PropertyList& properties,
                     const std::optional<PowerCut>& power_cut);

/// "A" for 0, ..., "Z" for 25, then "R26", "R27", ...
std::string lane_name(std::size_t lane);

}  // namespace simcheck::model
