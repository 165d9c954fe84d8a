#include "model/guest.hpp"

#include <algorithm>
#include <string>

#include "model/issue.hpp"
#include "model/lane_symmetry.hpp"

namespace simcheck::model {
namespace {

// Which request is the last of its stage decides when the next begins, and nothing else: the order
// of the others is not told.
bool is_last(sim::Latch& latch) {
  latch.count_down();
  return latch.peek();
}

}  // namespace

Guest::Window::Window(sim::World& world, std::size_t stage)
    : next(world, "window " + std::to_string(stage), 0U) {}

Guest::Guest(sim::World& world, sim::BlockDevice& device, const BlockScenario& scenario)
    : world_(world),
      device_(device),
      tapped_(scenario.make_filter != nullptr),
      threads_(scenario.threads),
      in_flight_max_(scenario.in_flight_max),
      classes_(symmetry_classes(scenario)) {}

void Guest::add_stage(const Stage& stage, std::size_t first_lane) {
  const std::size_t number = done_.size();
  const sim::Latch* begin = number > 0 ? done_.back() : nullptr;
  done_.push_back(&make_latch(stage.size()));
  groups_.push_back({.stage = number});
  Window* const window = slides_through(stage) ? &world_.make<Window>(world_, number) : nullptr;
  for (std::size_t i = 0; i < stage.size(); ++i) {
    const sim::RequestInfo info = describe(stage[i], number, first_lane + i);
    Place place{.stage = number, .group = groups_.size() - 1, .window = window};
    if (stage[i].waits) place.opens_next = &make_latch(1);
    if (window != nullptr && i >= in_flight_max_) {
      sim::Latch& slot = make_latch(1);
      window->later.push_back({spawn(info, &slot, place), &slot});
    } else {
      const sim::RequestId request = spawn(info, begin, place);
      if (!tapped_) groups_.back().requests.push_back(request);
    }
    if (place.opens_next == nullptr) continue;
    begin = place.opens_next;
    groups_.push_back({.stage = number});
  }
}

// Where requests wait for one another, the workload itself says how many are in flight.
bool Guest::slides_through(const Stage& stage) const {
  return in_flight_max_ != 0 && stage.size() > in_flight_max_ &&
         std::ranges::none_of(stage, &Request::waits);
}

sim::Latch& Guest::make_latch(std::size_t count) {
  return world_.make<sim::Latch>(world_, static_cast<std::uint32_t>(count));
}

sim::RequestId Guest::spawn(const sim::RequestInfo& info, const sim::Latch* begin,
                            const Place& place) {
  sim::SpawnOptions options{.starts_after = begin,
                            .thread = sim::ThreadId{info.lane % threads_},
                            .symmetry_class = classes_[info.lane]};
  if (tapped_) {
    world_.add_guest_request(info);
  } else {
    options.request = world_.add_request(info);
  }
  world_.spawn(
      lane_name(info.lane), [this, info, place] { run(info, place); }, options);
  return options.request;
}

void Guest::submit_stage(std::size_t stage) {
  const auto group = std::ranges::find(groups_, stage, &Group::stage);
  if (group == groups_.end()) return;  // the stage before it was the last
  for (const sim::RequestId request : group->requests)
    world_.record({.kind = sim::EventKind::kSubmitted, .request = request});
}

// Others of the stage are still in flight: which of them are acknowledged by now is a choice.
void Guest::submit_amid(sim::RequestId request) {
  world_.notice(bit_of(sim::EventKind::kSubmitted));
  if (request != sim::kNoRequest)
    world_.record({.kind = sim::EventKind::kSubmitted, .request = request});
}

void Guest::go_on(Window& window) {
  const std::uint32_t next = window.next.fetch_add(1);
  if (next >= window.later.size()) return;
  submit_amid(window.later[next].request);
  window.later[next].begin->count_down();
}

void Guest::run(const sim::RequestInfo& request, const Place& place) {
  const Answer answer = issue(device_, request);
  if (tapped_) {
    world_.emit({.kind = sim::EventKind::kGuestAcknowledged,
                 .status = answer.status,
                 .sector = request.lane,
                 .flags = answer.read_checksum});
  } else {
    world_.emit({.kind = sim::EventKind::kAcknowledged,
                 .status = answer.status,
                 .flags = answer.read_checksum});
  }
  if (place.window != nullptr) go_on(*place.window);
  if (place.opens_next != nullptr && is_last(*place.opens_next)) {
    for (const sim::RequestId next : groups_[place.group + 1].requests) submit_amid(next);
  }
  if (is_last(*done_[place.stage])) submit_stage(place.stage + 1);
}

}  // namespace simcheck::model
