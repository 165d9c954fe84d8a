#include "drivers/tracked_requests.hpp"

namespace simcheck::drivers {

using sim::AccessMode;

TrackedRequests::TrackedRequests(sim::World& world)
    : world_(world),
      plain_(world.add_object("plain requests in flight")),
      serialising_(world.add_object("padded requests in flight")) {}

TrackedRequests::Request::Request(TrackedRequests& all, Kind kind, std::uint64_t begin,
                                  std::uint64_t end)
    : all_(all), kind_(kind), begin_(begin), end_(end), fiber_(all.world_.current()) {
  all_.in_flight_.push_back(this);
}

TrackedRequests::Request::~Request() {
  std::erase(all_.in_flight_, this);
  all_.wake_waiters(*this);
}

void TrackedRequests::Request::wait_for_overlapping() {
  while (const Request* other = all_.find_conflict(*this)) {
    waits_for_ = other;
    waiting_ = true;
    all_.world_.wait(all_.object_of(other->kind_));
    waiting_ = false;
  }
}

// Of several, the one of the lowest fiber: a choice by order of arrival would depend on the order
// of requests whose footprints say that theirs does not matter.
const TrackedRequests::Request* TrackedRequests::find_conflict(const Request& request) const {
  look_around(request);
  const Request* found = nullptr;
  for (const Request* other : in_flight_) {
    if (other == &request || other->waiting_) continue;
    if (request.kind_ == Kind::kPlain && other->kind_ == Kind::kPlain) continue;
    if (other->end_ <= request.begin_ || request.end_ <= other->begin_) continue;
    if (found == nullptr || other->fiber_ < found->fiber_) found = other;
  }
  return found;
}

// In footprints each kind is an object, used where the request's bytes are. A plain request adds
// itself and reads the serialising ones, so that plain requests come and go independently of one
// another; a serialising one reads the plain ones and writes its own kind.
void TrackedRequests::look_around(const Request& request) const {
  const bool plain = request.kind_ == Kind::kPlain;
  world_.touch(plain_, plain ? AccessMode::kAdd : AccessMode::kRead, request.begin_, request.end_);
  world_.touch(serialising_, plain ? AccessMode::kRead : AccessMode::kWrite, request.begin_,
               request.end_);
}

void TrackedRequests::wake_waiters(const Request& request) {
  world_.touch(object_of(request.kind_),
               request.kind_ == Kind::kPlain ? AccessMode::kAdd : AccessMode::kWrite,
               request.begin_, request.end_);
  for (Request* other : in_flight_) {
    if (other->waits_for_ != &request) continue;
    other->waits_for_ = nullptr;
    world_.make_ready(other->fiber_);
  }
}

sim::ObjectId TrackedRequests::object_of(Kind kind) const {
  return kind == Kind::kPlain ? plain_ : serialising_;
}

}  // namespace simcheck::drivers
