// A finished execution as properties see it: the guest's requests, the events in order, the
// content of the devices, and how it ended.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/event.hpp"
#include "sim/event_content.hpp"
#include "sim/event_disk.hpp"
#include "sim/event_race.hpp"

namespace simcheck::sim {

/// One request of the guest, as the driver under test received it.
struct RequestInfo {
  IoKind kind{};
  std::uint64_t offset = 0;    ///< bytes
  std::uint64_t length = 0;    ///< bytes
  std::byte fill{0};           ///< the byte a write repeats; zero for write-zeroes
  bool mixed = false;          ///< the data is not one byte repeated: `checksum` tells it
  std::uint64_t checksum = 0;  ///< checksum_of() the data, if `mixed`
  bool fua = false;
  std::uint32_t stage = 0;  ///< stages run one after the other; one stage is in flight together
  std::uint32_t lane = 0;   ///< the fiber that issued it: names it in words, 0 is "A"
};

/// How an execution ended.
enum class Ending : std::uint8_t {
  kFinished,    ///< every fiber ended
  kDeadlocked,  ///< fibers are left and none can ever run again
  kCut,         ///< the power was cut while something was still going to happen
  kTooLong,     ///< the step limit was hit (a livelock, or a limit too small)
};

/// Why a fiber that never ended is stuck: for deadlock reports.
struct StuckFiber {
  std::string fiber;      ///< its name
  std::string waits_for;  ///< in words: "condition variable super_updated"
};

/// Everything a property may look at. Valid only during the judgement.
struct History {
  std::span<const RequestInfo> requests;  ///< indexed by RequestId
  /// What the guest asked of a filter above the driver, by lane; empty without one.
  std::span<const RequestInfo> guest_requests;
  std::span<const Event> events;  ///< in the order they happened
  Ending ending = Ending::kFinished;
  std::uint32_t steps = 0;              ///< transitions of the execution
  const ContentView* data = nullptr;    ///< the data device; null in scenarios without one
  const ContentView* log = nullptr;     ///< the log device; null in scenarios without one
  std::uint64_t log_sector_size = 512;  ///< bytes
  std::uint64_t super_interval = 0;     ///< entries between superblock updates; 0: not known
  /// Where this run's entries begin, and how many of an older log lie before: more than 1 and 0 if
  /// a log is appended to.
  std::uint64_t first_log_sector = 1;
  std::uint64_t log_entries_before = 0;
  /// Texts of kException events, in their order.
  std::span<const std::string> exceptions;
  std::uint32_t threads = 1;  ///< that fibers belong to
  /// The data races found, at most one for each object; only with several threads.
  std::span<const DataRace> races;
  /// More of the execution, as functions of `context`, so that only reports pay for it: the stuck
  /// fibers of a deadlocked execution, and the name of an object.
  std::vector<StuckFiber> (*stuck_fibers)(const void* context) = nullptr;
  std::string_view (*object_name)(const void* context, ObjectId object) = nullptr;
  const void* context = nullptr;
};

}  // namespace simcheck::sim
