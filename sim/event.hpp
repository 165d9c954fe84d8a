// The vocabulary in which an execution is told to properties: what guests asked, what drivers
// promised, what was acknowledged. Events are plain values appended to a history; recording one
// costs a few stores.
#pragma once

#include <cstdint>

#include "sim/block_device.hpp"
#include "sim/ids.hpp"

namespace simcheck::sim {

enum class EventKind : std::uint8_t {
  kSubmitted,     ///< the guest submitted the request
  kAcknowledged,  ///< the request completed; `status` is what the guest was told, `flags` the
                  ///< checksum_of() what it read, if it was a read that succeeded
  kEntryPlaced,   ///< the driver fixed a log entry's place: header at log sector `sector`,
                  ///< `nr_sectors` and `flags` as in the header
  kDataPlaced,    ///< the driver fixed where that entry's data goes: `nr_sectors` at log `sector`
  kException,     ///< an exception left the fiber; its text is in History::exception
  kGuestAcknowledged,  ///< behind a filter: the guest's own request completed, which is that of
                       ///< History::guest_requests with the index `sector`
  kIoFailed,  ///< a disk request that the request led to failed: `io` of `device`, with `status`
};

/// One event. Sectors are log sectors, counted in the log's sector size.
struct Event {
  EventKind kind{};
  IoStatus status = IoStatus::kOk;
  IoKind io{};                     ///< of kIoFailed
  DeviceRole device{};             ///< of kIoFailed
  RequestId request = kNoRequest;  ///< whose it is; kNoRequest outside of requests
  std::uint32_t step = 0;          ///< the step of the execution in which it happened, from 0
  std::uint64_t sector = 0;
  std::uint64_t nr_sectors = 0;
  std::uint64_t flags = 0;

  friend bool operator==(const Event&, const Event&) = default;
};

}  // namespace simcheck::sim
