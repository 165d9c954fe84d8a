// A workload on a block device as a World: two disks, the device under test, a fiber per request.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "model/workload.hpp"
#include "properties/property.hpp"
#include "sim/block_device.hpp"
#include "sim/disk.hpp"
#include "sim/world.hpp"

namespace simcheck::model {

/// Makes the device under test on top of two disks, with World::make, so that the world owns it.
using MakeDevice = std::function<sim::BlockDevice&(sim::World& world, sim::BlockDevice& data,
                                                   sim::BlockDevice& log)>;

/// Makes a filter above the driver: it receives the guest's requests and passes them on.
using MakeFilter = std::function<sim::BlockDevice&(sim::World&, sim::BlockDevice& driver,
                                                   sim::BlockDevice& data, sim::BlockDevice& log)>;

struct BlockScenario {
  Workload workload;
  MakeDevice make_device;
  MakeFilter make_filter;               ///< none: requests go straight to the driver
  std::uint64_t log_sector_size = 512;  ///< bytes
  std::uint64_t super_interval = 0;     ///< entries between superblock updates; 0: not known
  std::uint32_t threads = 1;            ///< request i runs on thread i % threads
  /// Declares which requests can be exchanged (SpawnOptions::symmetry_class).
  bool symmetry = true;
};

/// The devices of a built scenario; they belong to its world.
struct BlockDevices {
  sim::Disk* data = nullptr;
  sim::Disk* log = nullptr;
  std::uint64_t log_sector_size = 512;  ///< bytes
};

/// Builds the scenario's world. Each request of the workload becomes a fiber named A, B, C, ..., in
/// the workload's order; its History tells what the driver received, which with a filter may be
/// more or other requests than the guest's.
BlockDevices build(const BlockScenario& scenario, sim::World& world);

/// Declares to the world what the properties observe; `devices` are those of build().
void observe(const properties::PropertyList& properties, sim::World& world,
             const BlockDevices& devices);

/// Does one of them look at what was overwritten?
bool see_overwritten(const properties::PropertyList& properties);

/// "A" for 0, ..., "Z" for 25, then "R26", "R27", ...
std::string lane_name(std::size_t lane);

}  // namespace simcheck::model
