// Where a World tells its story when somebody listens: once, for the re-run of a violation.
// Without a sink nothing is formatted and nothing is called.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "sim/event.hpp"
#include "sim/ids.hpp"
#include "sim/where.hpp"

namespace simcheck::sim {

/// The moments in the life of a disk request.
enum class IoMoment : std::uint8_t { kSubmitted, kTookEffect, kCompleted };

/// A disk request, as told to a sink.
struct IoReport {
  IoMoment moment{};
  IoKind kind{};
  std::string_view device;   ///< "data" or "log" in the built-in scenarios
  std::uint64_t offset = 0;  ///< bytes
  std::uint64_t length = 0;  ///< bytes
  IoStatus status = IoStatus::kOk;
  std::string_view fault{};  ///< what hit it ("eio"), or empty
  std::string_view what;     ///< the driver's word for it ("header", "superblock"); may be empty
};

/// The fiber concerned is always the one whose transition runs. Strings are valid during the call.
class EventSink {
 public:
  virtual ~EventSink() = default;
  virtual void on_event(const Event& event) = 0;
  virtual void on_io(const IoReport& io) = 0;
  /// A shared object's value changed; also called when before == after.
  virtual void on_change(std::string_view object, std::string_view before,
                         std::string_view after) = 0;
  /// What comes next is done by the call at that line.
  virtual void on_source(const Where&) {}
  /// Anything else worth telling, in words: "waits on ...", "wakes B".
  virtual void on_note(std::string_view text) = 0;
};

}  // namespace simcheck::sim
