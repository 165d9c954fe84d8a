#include "model/simulated_guest.hpp"

#include <utility>

#include "model/issue.hpp"
#include "model/request_tap.hpp"
#include "sim/assert.hpp"

namespace simcheck::model {

KindFigures& KindFigures::operator+=(const KindFigures& other) {
  requests += other.requests;
  failed += other.failed;
  bytes += other.bytes;
  latency += other.latency;
  return *this;
}

std::string_view name_of_kind(std::size_t kind) {
  return sim::to_string(static_cast<sim::IoKind>(kind));
}

std::uint64_t GuestFigures::requests() const {
  std::uint64_t all = 0;
  for (const KindFigures& kind : kinds) all += kind.requests;
  return all;
}

SimulatedGuest::SimulatedGuest(sim::World& world, const DeviceStack& stack,
                               const sim::Simulator& clock, RequestSource source, GuestShape shape)
    : world_(world),
      device_(*stack.top),
      clock_(clock),
      source_(std::move(source)),
      tapped_(stack.tap != nullptr),
      assigned_(shape.depth),
      numbers_(shape.depth),
      has_begun_(shape.depth) {
  SIMCHECK_ASSERT(shape.depth >= 1 && shape.depth <= sim::kFibersMax,
                  "a world has at most 64 fibers");
  if (tapped_) stack.tap->name_lanes(&numbers_);
  for (std::uint32_t lane = 0; lane < shape.depth; ++lane)
    world_.spawn(lane_name(lane), [this, lane] { run(lane); },
                 {.thread = sim::ThreadId{lane % shape.threads}});
}

bool SimulatedGuest::at_end() {
  if (!next_ && !source_is_empty_) next_ = source_();
  source_is_empty_ = !next_;
  return source_is_empty_;
}

void SimulatedGuest::begin_segment(std::uint32_t count) {
  begun_ = outstanding_ = in_flight_ = 0;
  has_begun_.assign(has_begun_.size(), false);
  left_ = count;
  is_waiting_ = false;
  idle_ = 0;
  acknowledged_.clear();
  known_.clear();
  for (std::uint32_t lane = 0; lane < assigned_.size(); ++lane) {
    assigned_[lane] = take();
    const sim::FiberId fiber{lane};
    if (!assigned_[lane]) {
      idle_ |= sim::bit_of(fiber);
    } else if (has_run_) {
      world_.restart(fiber);
    }
  }
  if (!has_run_) idle_ = 0;  // all of them start, and find out that there is nothing for them
  has_run_ = true;
}

std::optional<GuestRequest> SimulatedGuest::take() {
  if (left_ == 0 || is_waiting_ || at_end()) return std::nullopt;
  if (next_->after_all && outstanding_ > 0) return std::nullopt;
  if (next_->after_all) known_ = acknowledged_;
  is_waiting_ = next_->request.waits;
  --left_;
  ++outstanding_;
  return std::exchange(next_, std::nullopt);
}

void SimulatedGuest::run(std::uint32_t lane) {
  while (const auto mine = std::exchange(assigned_[lane], std::nullopt)) {
    world_.acquire_from(known_);
    carry_out(lane, mine->request);
    world_.release_to(acknowledged_);
    if (mine->request.waits) {
      is_waiting_ = false;
      world_.release_to(known_);
    }
    --outstanding_;
    assigned_[lane] = take();
    use_idle_lanes();
  }
  idle_ |= sim::bit_of(sim::FiberId{lane});
}

// After a wait for others, there may be work for several.
void SimulatedGuest::use_idle_lanes() {
  while (idle_ != 0) {
    const sim::FiberId fiber = sim::first_of(idle_);
    auto& assigned = assigned_[sim::index_of(fiber)];
    assigned = take();
    if (!assigned) return;
    idle_ &= ~sim::bit_of(fiber);
    world_.restart(fiber);
  }
}

void SimulatedGuest::carry_out(std::uint32_t lane, const Request& request) {
  const sim::RequestInfo info = begin(lane, request);
  const std::uint64_t submitted_ns = clock_.now().ns;
  account_depth();
  ++in_flight_;
  const sim::IoStatus status = issue_told(info);
  account_depth();
  --in_flight_;
  KindFigures& figures = figures_.kinds[static_cast<std::size_t>(request.kind)];
  ++figures.requests;
  figures.latency.add(clock_.now().ns - submitted_ns);
  if (status == sim::IoStatus::kOk) {
    figures.bytes += request.length;
  } else {
    ++figures.failed;
  }
}

sim::RequestInfo SimulatedGuest::begin(std::uint32_t lane, const Request& request) {
  numbers_[lane] = begun_++;
  has_begun_[lane] = true;
  return describe(request, 0, numbers_[lane]);
}

// As block_scenario.hpp does: with a filter, the tap below it tells what the driver gets.
sim::IoStatus SimulatedGuest::issue_told(const sim::RequestInfo& info) {
  if (tapped_) {
    world_.add_guest_request(info);
    const Answer answer = issue(device_, info);
    world_.emit({.kind = sim::EventKind::kGuestAcknowledged,
                 .status = answer.status,
                 .sector = info.lane,
                 .flags = answer.read_checksum});
    return answer.status;
  }
  world_.set_current_request(world_.add_request(info));
  world_.emit({.kind = sim::EventKind::kSubmitted});
  const Answer answer = issue(device_, info);
  world_.emit({.kind = sim::EventKind::kAcknowledged,
               .status = answer.status,
               .flags = answer.read_checksum});
  return answer.status;
}

GuestFigures SimulatedGuest::figures() const {
  GuestFigures figures = figures_;
  figures.ns_at_depth[in_flight_] += clock_.now().ns - depth_since_.ns;
  return figures;
}

void SimulatedGuest::name_fibers() {
  for (std::uint32_t lane = 0; lane < numbers_.size(); ++lane)
    world_.rename(sim::FiberId{lane},
                  has_begun_[lane] ? lane_name(numbers_[lane]) : "a lane without a request");
}

void SimulatedGuest::account_depth() {
  figures_.ns_at_depth[in_flight_] += clock_.now().ns - depth_since_.ns;
  depth_since_ = clock_.now();
}

}  // namespace simcheck::model
