// What is durable at a power cut, sector by sector, and an image of it.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>

#include "logs/crash_point.hpp"
#include "logs/replay.hpp"
#include "logs/replay_target.hpp"

namespace simcheck::logs {

struct CrashModel {
  std::uint32_t disk_sector = 512;
  DiscardMode discard = DiscardMode::kPunch;  // a discard leaves zeroes, unless kIgnore
};

// Disk sectors [begin, end).
struct SectorRange {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
};

// Those that a write touches, without what lies past the end of the device.
SectorRange touched(const DeviceWrite& write, std::uint32_t disk_sector,
                    std::uint64_t device_bytes);

// False for a discard that is ignored.
bool changes(const DeviceWrite& write, const CrashModel& model);

// The bytes of `write` from `offset` of the device on. False when the medium fails.
bool read_data(const ByteSource& log, const DeviceWrite& write, std::uint64_t offset,
               std::span<std::byte> to);

// The last durable write that touches each sector, of those behind the last covered entry. Such a
// write makes pending ones before it durable, too, in the sectors that they share.
class LastFua {
 public:
  LastFua(const CrashPoint& point, std::uint32_t disk_sector, std::uint64_t device_bytes);

  // Calls `visit(range, is_durable)` for the parts of `sectors` in order of position; `is_durable`:
  // a durable write behind `entry` touches that part.
  using Visit = std::function<void(SectorRange, bool)>;
  void for_parts(SectorRange sectors, std::uint64_t entry, const Visit& visit) const;

 private:
  struct Stretch {
    std::uint64_t end = 0;
    std::uint64_t entry = 0;
  };
  void cut_at(std::uint64_t sector);

  std::map<std::uint64_t, Stretch> stretches_;  // by where they begin; they do not overlap
};

// Replays onto `target`, which holds the base, all that is durable at `point`. What lies past its
// end is left out. Ends early, whole entries done, once `may_go_on` says no.
std::optional<Error> replay_durable(const ByteSource& log, const Superblock& super,
                                    const CrashPoint& point, const CrashModel& model,
                                    ReplayTarget& target, const std::function<bool()>& may_go_on);

}  // namespace simcheck::logs
