// Which requests are in flight in the block layer, and which must wait for which.
//
// A padded request reads, modifies and writes whole blocks, also the bytes around its own. So it is
// *serialising*: it waits for every overlapping request in flight, and later overlapping ones wait
// for it. Requests that are not padded never wait for one another, overlapping or not.
//
// As in QEMU, nobody waits for a request that is itself still waiting: that one looks again at who
// is in flight before it goes on.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/sim.hpp"

namespace simcheck::drivers {

class TrackedRequests {
 public:
  explicit TrackedRequests(sim::World& world);
  TrackedRequests(const TrackedRequests&) = delete;

  enum class Kind : std::uint8_t { kPlain, kSerialising };

  /// In flight from its construction to its destruction.
  class Request {
   public:
    /// For the bytes [begin, end); those of a serialising request include its padding.
    Request(TrackedRequests& all, Kind kind, std::uint64_t begin, std::uint64_t end);
    ~Request();
    Request(const Request&) = delete;

    /// Returns once nothing is in flight that this request must wait for.
    void wait_for_overlapping();

   private:
    friend class TrackedRequests;

    TrackedRequests& all_;
    const Kind kind_;
    const std::uint64_t begin_, end_;
    const sim::FiberId fiber_;
    const Request* waits_for_ = nullptr;
    bool waiting_ = false;  // from before its wait until it runs again
  };

 private:
  const Request* find_conflict(const Request& request) const;
  void look_around(const Request& request) const;
  void wake_waiters(const Request& request);
  sim::ObjectId object_of(Kind kind) const;

  sim::World& world_;
  sim::ObjectId plain_, serialising_;
  std::vector<Request*> in_flight_;
};

}  // namespace simcheck::drivers
