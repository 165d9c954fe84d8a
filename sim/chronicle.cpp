#include "sim/chronicle.hpp"

#include <utility>

#include "sim/arena.hpp"
#include "sim/grown_at.hpp"

namespace simcheck::sim {

Chronicle::Chronicle() {
  const ArenaScope heap(nullptr);
  description_ = std::make_unique<History>();
}

RequestId Chronicle::add_request(const RequestInfo& request) {
  if (requests_.capacity() == 0) requests_.reserve(8);
  requests_.push_back(request);
  if (states_ != nullptr) [[unlikely]]
    states_->add_request(request);
  return RequestId{static_cast<std::uint32_t>(requests_.size() - 1)};
}

void Chronicle::show_devices(const ContentView* data, const ContentView* log,
                             std::uint64_t log_sector_size, std::uint64_t super_interval) {
  description_->data = data;
  description_->log = log;
  description_->log_sector_size = log_sector_size;
  description_->super_interval = super_interval;
}

void Chronicle::begin_log_at(std::uint64_t sector, std::uint64_t entries_before) {
  description_->first_log_sector = sector;
  description_->log_entries_before = entries_before;
}

// What a fiber makes is numbered by that fiber alone: did it matter who came first, the footprints
// of independent transitions would depend on their order.
ObjectId Chronicle::add_object(std::string name) {
  std::size_t object = object_names_.size();
  if (has_begun()) {
    const std::size_t fiber = index_of(running_);
    object = built_objects_ + made_by_[fiber]++ * made_by_.size() + fiber;
  }
  grown_at(object_names_, object) = std::move(name);
  return ObjectId{static_cast<std::uint32_t>(object)};
}

ObjectId Chronicle::add_known_object(std::string name) {
  const ObjectId object = add_object(std::move(name));
  if (states_ != nullptr) states_->know(object);
  return object;
}

void Chronicle::observe(ObjectId object, std::uint32_t reads, std::uint32_t writes) {
  observations_.push_back({object, reads, writes});
  observed_kinds_ |= reads | writes;
  if (states_ == nullptr) return;
  states_->know(object);
  states_->observe_order(reads, writes);
}

void Chronicle::touch_observers(std::uint32_t kind_bit) {
  for (const Observation& o : observations_) {
    if ((o.reads & kind_bit) != 0) touches_.add_to_footprint({o.object, AccessMode::kRead});
    if ((o.writes & kind_bit) != 0) touches_.add_to_footprint({o.object, AccessMode::kAdd});
  }
}

void Chronicle::notice(std::uint32_t kind_bit) {
  touch_observed(kind_bit);
  if (states_ != nullptr) states_->tell_moment(running_, kind_bit);
}

void Chronicle::append_new(const Event& event, RequestId request, RequestId current) {
  Event& happened = events_.push_back(event);
  happened.request = request;
  happened.step = steps_;
  if (states_ != nullptr) [[unlikely]]
    tell_states(happened, current);
  if (narrating()) [[unlikely]] {
    const ArenaScope heap(nullptr);
    sink_->on_event(happened);
  }
}

// Whose story the event belongs to: a fiber may tell that another's request is submitted.
void Chronicle::tell_states(const Event& event, RequestId current) {
  const std::uint32_t request = index_of(event.request);
  const bool has_lane = event.request != current && request < requests_.size();
  const FiberId lane = has_lane ? FiberId{requests_[request].lane} : running_;
  const bool has_text = event.kind == EventKind::kException && !exceptions_.empty();
  states_->tell(event, lane, has_text ? exceptions_.back() : std::string_view());
}

History Chronicle::history() const {
  History history = *description_;
  history.requests = requests_;
  history.guest_requests = guest_requests_;
  history.events = events_.items();
  history.exceptions = exceptions_;
  history.steps = steps_;
  return history;
}

void Chronicle::forget_history() {
  requests_.clear();
  guest_requests_.clear();
  events_.clear();
  exceptions_.clear();
  steps_ = 0;
}

std::string_view Chronicle::object_name(ObjectId object) const {
  if (!is_enabling(object)) return object_names_[index_of(object)];
  return "enabling";
}

void Chronicle::narrate_change(ObjectId object, std::string_view before, std::string_view after) {
  sink_->on_change(object_name(object), before, after);
}

void Chronicle::narrate_note(std::string_view text) {
  if (!narrating()) return;
  const ArenaScope heap(nullptr);
  sink_->on_note(text);
}

void Chronicle::narrate_source(const Where& where) {
  const ArenaScope heap(nullptr);
  sink_->on_source(where);
}

void Chronicle::narrate_io(const IoReport& io) {
  const ArenaScope heap(nullptr);
  sink_->on_io(io);
}

}  // namespace simcheck::sim
