// What an execution leaves behind: the events that happen, what each transition touches, and, for
// whoever listens, the words for it. It is kept in the order in which it happens; what happens, and
// when, is World's affair.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/event.hpp"
#include "sim/event_history.hpp"
#include "sim/event_sink.hpp"
#include "sim/footprint.hpp"
#include "sim/ids.hpp"
#include "sim/state_hasher.hpp"
#include "sim/tape.hpp"
#include "sim/touches.hpp"
#include "sim/where.hpp"

namespace simcheck::sim {

class Disk;

/// A write that took effect, by its number among those of its disk.
struct DiskEffect {
  Disk* disk = nullptr;
  std::uint32_t effect = 0;
  /// Of a flush, too: all went well, and it left nothing but what is on tapes.
  bool plain = false;
};

class Chronicle {
 public:
  Chronicle(const Chronicle&) = delete;
  Chronicle& operator=(const Chronicle&) = delete;

  // -- Building ------------------------------------------------------------------------------

  /// Registers a request of the guest for History. Also allowed from a running fiber.
  RequestId add_request(const RequestInfo& request);

  /// Registers what the guest asked of a filter above the driver; the n-th is lane n's.
  void add_guest_request(const RequestInfo& request) { guest_requests_.push_back(request); }

  /// The devices that properties look at; null in scenarios without them. Not owned. The interval
  /// between superblock updates, in entries, is 0 where there is none.
  void show_devices(const ContentView* data, const ContentView* log, std::uint64_t log_sector_size,
                    std::uint64_t super_interval = 0);

  /// A log is appended to: this run's entries begin at a log sector behind those of an older one.
  void begin_log_at(std::uint64_t sector, std::uint64_t entries_before);

  /// Names a new shared object; the name appears in traces. Also allowed from a running fiber.
  ObjectId add_object(std::string name);

  /// Events of kind k count as accesses of the virtual object `object`: as reads if bit k of
  /// `reads` is set, as adds if it is set in `writes`. So do the moments of disks that are watched,
  /// by their bits (event_disk.hpp).
  void observe(ObjectId object, std::uint32_t reads, std::uint32_t writes);

  /// From now on, writes that read nothing (a store to a Shared, a write of a disk) do not conflict
  /// with one another. Whoever explores must see to it that their order is not observed.
  void let_stores_commute() { store_mode_ = AccessMode::kStore; }

  // -- For code under test -------------------------------------------------------------------

  /// Records an access in the running transition's footprint.
  void touch(ObjectId object, AccessMode mode, std::uint64_t begin = 0,
             std::uint64_t end = UINT64_MAX) {
    touches_.add({object, mode, begin, end});
  }

  /// How a write that reads nothing counts: kWrite or kStore.
  AccessMode store_mode() const { return store_mode_; }

  /// Must an access of shared data do more than touch it: be told, or let other threads come first?
  bool has_onlookers() const { return onlookers_ != 0; }
  /// True while a sink listens; guards everything that formats.
  bool narrating() const { return sink_ != nullptr; }
  /// The running fiber is at this line: for reports. First thing in a call of code under test, or
  /// first thing behind its preempt().
  void at(const Where& where) {
    if (sink_ != nullptr) [[unlikely]]
      narrate_source(where);
  }
  /// Only while narrating. Arguments are copied by the sink.
  void narrate_change(ObjectId object, std::string_view before, std::string_view after);
  void narrate_note(std::string_view text);

  DeviceRole role_of(const ContentView& device) const {
    if (&device == description_->log) return DeviceRole::kLog;
    return &device == description_->data ? DeviceRole::kData : DeviceRole::kOther;
  }
  /// The content of the log device, if there is one: for drivers that open an existing log.
  const ContentView* log_content() const { return description_->log; }
  /// The device that properties look at; null if there is none in that role.
  const ContentView* device(DeviceRole role) const {
    if (role == DeviceRole::kLog) return description_->log;
    return role == DeviceRole::kData ? description_->data : nullptr;
  }
  /// Transitions run so far.
  std::uint32_t steps() const { return steps_; }

  // -- For sync objects and devices of this library ------------------------------------------

  void narrate_io(const IoReport& io);
  /// For Disk: the running transition is this write.
  void note_effect(const DiskEffect& effect) { last_effect_ = effect; }
  void note_plain_effect() { last_effect_.plain = true; }
  /// For Disk: what is asked of it, so that the hash of the section tells its effect, too.
  void note_submission(ObjectId disk, IoKind kind, std::uint64_t offset, std::uint64_t length) {
    touches_.mix((std::uint64_t{index_of(disk)} << 3 | static_cast<std::uint64_t>(kind)) + offset);
    touches_.mix(length);
  }
  /// For Disk: a moment that properties can observe, by its bit.
  void notice(std::uint32_t kind_bit);
  /// As add_object(), for one that tells states() its value itself.
  ObjectId add_known_object(std::string name);
  /// Who must be told what fibers learn and what changes; null unless states are hashed.
  StateHasher* states() const { return states_.get(); }

  // -- For whoever drives the world ----------------------------------------------------------

  /// The footprint of the last transition. Valid until the next.
  std::span<const Access> footprint() const { return touches_.footprint(); }
  /// The disk write that the last transition was, if it was one.
  const DiskEffect& last_effect() const { return last_effect_; }
  /// A hash of what the last transition touched, one access after the other: also if it was run
  /// again.
  std::uint64_t hash_of_touches() const { return touches_.hash(); }

  /// Where devices and histories keep what only grows.
  Tapes& tapes() { return tapes_; }
  const Tapes& tapes() const { return tapes_; }
  /// What happens now happened before (see World::run_again): for what fills tapes.
  bool repeating() const { return touches_.only_hashes(); }
  /// Has a fiber run? What must be there before can not be made any more.
  bool has_begun() const { return built_objects_ != kBuilding; }
  bool can_repeat() const { return tapes_.all_counted() && states_ == nullptr && !narrating(); }
  void set_repeating(bool repeating) { touches_.only_hash(repeating); }

  /// What history() would hold.
  std::span<const Event> events() const { return events_.items(); }
  std::size_t request_count() const { return requests_.size(); }

  std::string_view object_name(ObjectId object) const;
  void use_sink(EventSink* sink) {
    sink_ = sink;
    set_onlooker(kSink, sink != nullptr);
  }

 protected:
  Chronicle();
  ~Chronicle() = default;

  // The step is filled in. `current` is the running fiber's request. Inline, so that where it is
  // repeated the event is not even put together.
  void append(const Event& event, RequestId request, RequestId current) {
    if (!repeating()) append_new(event, request, current);
  }
  // Most kinds of events are observed by nobody.
  void touch_observed(std::uint32_t kind_bit) {
    touches_.mix(kind_bit);
    if ((observed_kinds_ & kind_bit) != 0 && !repeating()) touch_observers(kind_bit);
  }
  // One more fiber, that makes objects.
  void add_maker() {
    if (made_by_.capacity() == 0) made_by_.reserve(8);
    made_by_.push_back(0);
  }
  void begin() {
    if (built_objects_ == kBuilding) built_objects_ = object_names_.size();
  }
  enum Onlooker : std::uint8_t { kSink = 1, kStates = 2, kThreads = 4 };
  void set_onlooker(Onlooker who, bool looks_on) {
    onlookers_ = static_cast<std::uint8_t>(looks_on ? onlookers_ | who : onlookers_ & ~who);
  }
  void record_exception(std::string text) { exceptions_.push_back(std::move(text)); }
  // What is kept here of a History.
  History history() const;
  void forget_history();

  Tapes tapes_;
  Touches touches_;  // of the running transition, or the last
  FiberId running_{};
  std::uint32_t steps_ = 0;
  std::unique_ptr<StateHasher> states_;

 private:
  struct Observation {
    ObjectId object;
    std::uint32_t reads, writes;
  };

  void append_new(const Event& event, RequestId request, RequestId current);
  void touch_observers(std::uint32_t kind_bit);
  void tell_states(const Event& event, RequestId current);
  void narrate_source(const Where& where);

  // What is fixed before the first transition. Lies outside of the arena: no checkpoint copies it.
  std::unique_ptr<History> description_;
  AccessMode store_mode_ = AccessMode::kWrite;
  DiskEffect last_effect_;
  std::vector<std::string> object_names_;
  static constexpr std::size_t kBuilding = SIZE_MAX;
  std::size_t built_objects_ = kBuilding;  // before the first fiber ran
  std::vector<std::uint32_t> made_by_;     // objects, by the fiber that made them
  std::vector<RequestInfo> requests_, guest_requests_;
  Tape<Event> events_{tapes_};
  std::vector<std::string> exceptions_;
  std::vector<Observation> observations_;
  std::uint32_t observed_kinds_ = 0;  // all bits of observations_
  EventSink* sink_ = nullptr;
  std::uint8_t onlookers_ = 0;  // bits of Onlooker
};

}  // namespace simcheck::sim
