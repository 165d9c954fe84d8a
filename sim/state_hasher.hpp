// Recognises states: 128 bits that two states of a World share if nothing that can still happen,
// and no property, can tell them apart; and in all likelihood only then. Used by stateful search;
// no World has one otherwise.
//
// What enters, and why equal hashes (collisions apart) mean equal futures and equal verdicts:
//   - Fibers. A fiber is deterministic, so where it stands and what its locals hold is a function
//   of
//     how many transitions it made and of everything it was told: values loaded, tries that failed,
//     bytes read. That sequence is hashed. Of an ended fiber it is forgotten: nobody has its
//     locals.
//   - Objects, by value: Shared variables, who waits in queues, locks, latches, contents of disks.
//     It does not matter in which order effects came that lead to one content, nor what is durable,
//     unless a property looks at what disks did: then the order of all their moments counts.
//   - Other objects, which code under test has declared to World by touch() alone: the order of
//     their writes (adds commute), each with all that its writer knew; a reader is told of it.
//   - Events. By its contract (Observes), a verdict depends on the events, on their order within a
//     lane, and, for a property that observes order, on which of its `writes` came before each of
//     its `reads`. Hashed are: for each lane the sequence of its events, without their steps; and
//     for each such read, the set of the writes before it, as a sum.
//   - The length of the execution. So a state is never met at two depths: the limit of steps falls
//     on all executions through it or on none, and states form no cycles.
// World adds who can run, and with several threads what the race detector knows.
//
// Not covered: plain memory that fibers share without telling World; as for footprints.
#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <iterator>
#include <span>
#include <string_view>
#include <type_traits>
#include <vector>

#include "sim/event.hpp"
#include "sim/event_history.hpp"
#include "sim/footprint.hpp"
#include "sim/hash128.hpp"
#include "sim/ids.hpp"
#include "sim/race_detector.hpp"

namespace simcheck::sim {

class StateHasher {
 public:
  /// A fiber's transition begins; what is told until end() is of it.
  void begin(FiberId fiber);
  /// It is over. Accounts for the objects that are known by their accesses only.
  void end(std::span<const Access> footprint, bool fiber_ended);

  /// The running fiber was told something by an object.
  void observe(ObjectId object, const Hash128& value);
  /// An object has a value from now on; zero stands for what it was made with.
  void set(ObjectId object, const Hash128& value);
  /// The object's value is told by set(); so accesses alone mean nothing.
  void know(ObjectId object);

  /// What the running fiber was told so far; and back to that, when it has used up the rest.
  const Hash128& told() const { return fibers_[index_of(running_)].told; }
  void forget_since(const Hash128& told) { fibers_[index_of(running_)].told = told; }

  /// As World::observe().
  void observe_order(std::uint32_t reads, std::uint32_t writes);
  void add_request(const RequestInfo& request);
  /// An event of a lane; `text` is an exception's.
  void tell(const Event& event, FiberId lane, std::string_view text);
  /// A moment of a watched disk. Who watches may ask for all that a disk did, so states are told
  /// apart by the order of all of these.
  void tell_moment(FiberId fiber, std::uint32_t kind_bit);

  /// A latch's clock: with several threads, part of who knows what.
  void add_carrier(const RaceDetector::Clock& clock) { carriers_.push_back(&clock); }
  std::span<const RaceDetector::Clock* const> carriers() const { return carriers_; }

  /// Of all this, between two transitions.
  Hash128 hash() const;

 private:
  struct FiberState {
    Hash128 told = kHashSeed;
    Hash128 inferred = kHashSeed;  // what objects told it that are known by their accesses only
    Hash128 tale = kHashSeed;      // its events and requests
    std::uint32_t transitions = 0;
    std::uint32_t requests = 0;
    bool ended = false;
  };
  struct Object {
    Hash128 value;
    bool known = false;
  };
  struct Observation {
    std::uint32_t reads, writes;
    Hash128 writes_so_far;
  };

  FiberState& fiber(FiberId id);
  Object& object(ObjectId id);
  std::uint64_t key_of(RequestId request) const;
  void note_order(std::uint32_t kind_bit, const Hash128& identity);

  FiberId running_{};
  bool building_ = true;  // no fiber runs
  std::vector<FiberState> fibers_;
  std::vector<Object> objects_, enabling_objects_;
  Hash128 objects_sum_;
  std::vector<std::uint64_t> request_keys_;
  std::vector<Observation> observations_;
  Hash128 order_;    // of the events that they observe
  Hash128 moments_;  // of watched disks, in order
  std::vector<const RaceDetector::Clock*> carriers_;
};

/// A word as an object's value; never zero.
constexpr Hash128 hash_of_word(std::uint64_t word) {
  Hash128 hash = kHashSeed;
  mix(hash, word);
  return hash;
}

/// A Shared's value: by its bytes where those say it all, else as it is printed.
template <class T>
Hash128 hash_of_value(const T& value) {
  Hash128 hash = kHashSeed;
  if constexpr (std::has_unique_object_representations_v<T>) {
    mix(hash, std::as_bytes(std::span(&value, 1)));
  } else {
    fmt::memory_buffer text;
    fmt::format_to(std::back_inserter(text), "{}", value);
    mix(hash, std::as_bytes(std::span(text.data(), text.size())));
  }
  return hash;
}

/// Who waits, in order; zero for nobody.
Hash128 hash_of_fibers(std::span<const FiberId> fibers);

/// The bytes [0, end) of a device, however they came there; zero for zeroes only.
Hash128 hash_of_content(const ContentView& view, std::uint64_t end);

/// While it lives, what the running fiber is told does not last: it is used up within.
class Forgetting {
 public:
  explicit Forgetting(StateHasher* states) : states_(states) {
    if (states_ != nullptr) [[unlikely]]
      told_ = states_->told();
  }
  ~Forgetting() {
    if (states_ != nullptr) [[unlikely]]
      states_->forget_since(told_);
  }
  Forgetting(const Forgetting&) = delete;

 private:
  StateHasher* states_;
  Hash128 told_;
};

}  // namespace simcheck::sim
