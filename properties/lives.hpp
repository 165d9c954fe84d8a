// When each request was in flight, and how it ended.
#pragma once

#include <cstddef>
#include <cstdint>

#include "properties/property.hpp"
#include "properties/short_list.hpp"
#include "sim/event_history.hpp"

namespace simcheck::properties {

/// What a property observes whose verdict hangs on which requests were in flight together.
constexpr Observes kWhoIsInFlight{
    .reads = 1u << static_cast<unsigned>(sim::EventKind::kSubmitted),
    .writes = 1u << static_cast<unsigned>(sim::EventKind::kAcknowledged)};

/// One request: in flight between two indices into History::events.
struct Life {
  std::uint32_t submitted = UINT32_MAX;  ///< UINT32_MAX: never
  std::uint32_t acknowledged = UINT32_MAX;
  bool ok = false;  ///< acknowledged as done; a request that died with its fiber is not

  bool in_flight_with(const Life& other) const {
    return submitted < other.acknowledged && other.submitted < acknowledged;
  }
};

/// The lives of History::requests, by RequestId.
class Lives {
 public:
  explicit Lives(const sim::History& history) : lives_(history.requests.size(), Life{}) {
    std::size_t ok_count = 0;
    for (std::uint32_t i = 0; i < history.events.size(); ++i) {
      const sim::Event& event = history.events[i];
      const std::uint32_t request = sim::index_of(event.request);
      if (request >= lives_.size()) continue;
      if (event.kind == sim::EventKind::kSubmitted) {
        lives_[request].submitted = i;
      } else if (event.kind == sim::EventKind::kAcknowledged) {
        lives_[request].acknowledged = i;
        lives_[request].ok = event.status == sim::IoStatus::kOk;
        ok_count += lives_[request].ok ? 1 : 0;
      }
    }
    all_ok_ = ok_count == lives_.size();
  }

  const Life& operator[](std::size_t request) const { return lives_[request]; }
  bool all_ok() const { return all_ok_; }
  bool ok(sim::RequestId request) const {
    return sim::index_of(request) < lives_.size() && lives_[sim::index_of(request)].ok;
  }

 private:
  ShortList<Life> lives_;
  bool all_ok_ = false;
};

}  // namespace simcheck::properties
