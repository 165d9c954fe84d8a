// The guest of a simulation: keeps up to so many requests in flight, as long as there are any, and
// counts what became of them.
//
// It works in segments: so many requests begin, then it waits until all are acknowledged. Its
// fibers, the lanes, are few, and carry out one request after the other.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "model/block_scenario.hpp"
#include "model/latency_histogram.hpp"
#include "model/request_source.hpp"
#include "sim/fiber_set.hpp"
#include "sim/simulate.hpp"
#include "sim/world.hpp"

namespace simcheck::model {

/// What became of the requests of one kind.
struct KindFigures {
  std::uint64_t requests = 0;  ///< acknowledged
  std::uint64_t failed = 0;    ///< of these
  std::uint64_t bytes = 0;     ///< of those that did not fail
  LatencyHistogram latency;    ///< from submission to acknowledgement

  KindFigures& operator+=(const KindFigures& other);
};

/// "write", ... by the number of a sim::IoKind.
std::string_view name_of_kind(std::size_t kind);

struct GuestFigures {
  std::array<KindFigures, 5> kinds;  ///< by sim::IoKind
  /// How long so many requests were in flight.
  std::array<std::uint64_t, sim::kFibersMax + 1> ns_at_depth{};

  std::uint64_t requests() const;
};

struct GuestShape {
  std::uint32_t depth = 1;    ///< requests in flight, 1 to sim::kFibersMax
  std::uint32_t threads = 1;  ///< that the lanes run on in turn
};

class SimulatedGuest {
 public:
  /// All of these must outlive the guest. Adds `depth` fibers to the world.
  SimulatedGuest(sim::World& world, const DeviceStack& stack, const sim::Simulator& clock,
                 RequestSource source, GuestShape shape);
  SimulatedGuest(const SimulatedGuest&) = delete;
  SimulatedGuest& operator=(const SimulatedGuest&) = delete;

  /// Has the source no more requests?
  bool at_end();
  /// At rest: lets the next `count` requests begin, and no more.
  void begin_segment(std::uint32_t count);

  GuestFigures figures() const;  ///< up to now
  /// Names each fiber by the request that it carries out, or was the last to, and alike where it
  /// had none in this segment: where no segment follows, for what is said of fibers that wait for
  /// ever.
  void name_fibers();
  std::uint64_t requests() const { return figures_.requests(); }  ///< acknowledged
  std::uint32_t begun() const { return begun_; }                  ///< in this segment

 private:
  void run(std::uint32_t lane);
  void carry_out(std::uint32_t lane, const Request& request);
  sim::IoStatus issue_told(const sim::RequestInfo& info);
  sim::RequestInfo begin(std::uint32_t lane, const Request& request);
  std::optional<GuestRequest> take();
  void use_idle_lanes();
  void account_depth();

  sim::World& world_;
  sim::BlockDevice& device_;
  const sim::Simulator& clock_;
  RequestSource source_;
  bool tapped_;
  std::optional<GuestRequest> next_;  // of the source, not taken yet
  bool source_is_empty_ = false;
  std::uint32_t begun_ = 0;        // in this segment
  std::uint32_t left_ = 0;         // that may still begin in this segment
  std::uint32_t outstanding_ = 0;  // taken, and not acknowledged
  bool is_waiting_ = false;        // for one request alone, before it takes more
  std::uint32_t in_flight_ = 0;    // submitted, and not acknowledged
  bool has_run_ = false;
  sim::FiberSet idle_ = 0;
  std::vector<std::optional<GuestRequest>> assigned_;  // by lane
  std::vector<std::uint32_t> numbers_;                 // of its request in this segment, by lane
  std::vector<bool> has_begun_;                        // a request in this segment, by lane
  // What was acknowledged, and what a request knows of that: all before its stage, and each before
  // it that others had to wait for. With several threads a data race is what such does not order.
  sim::RaceDetector::Clock acknowledged_, known_;
  sim::VirtualTime depth_since_;
  GuestFigures figures_;
};

}  // namespace simcheck::model
