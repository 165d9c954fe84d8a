// Data races: two accesses of one object by different threads, one of them a plain write or a plain
// access against any write, that nothing orders.
//
// What orders is what orders in a real program: the program order of a thread, a lock given back
// and then taken, an atomic write and an atomic read of it, waking and being woken. An atomic
// update reads too, and hands on what the write before it gave; a plain store to an atomic does
// neither. The order in which the checker happened to run things does not count, so a race is found
// in every execution of its Mazurkiewicz trace, not only in those where the two accesses are
// neighbours.
//
// Source: Flanagan, Freund, "FastTrack: Efficient and Precise Dynamic Race Detection", PLDI 2009;
// of its optimisations only epochs are used, and those by thread.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "sim/atomicity.hpp"
#include "sim/event_race.hpp"
#include "sim/hash128.hpp"
#include "sim/ids.hpp"

namespace simcheck::sim {

class RaceDetector {
 public:
  using Clock = std::vector<std::uint32_t>;  ///< by thread; shorter ones continue with zeroes

  struct Subject {
    ObjectId object{};
    ThreadId thread{};
    RaceAccess access;
    Atomicity atomicity = Atomicity::kPlain;
  };

  /// Notes an access; the race that it ends, if it is the object's first one.
  std::optional<DataRace> access(const Subject& subject);

  /// `thread` gives something to whoever takes it from `carrier` later.
  void release(Clock& carrier, ThreadId thread);
  void acquire(const Clock& carrier, ThreadId thread);
  void acquire_lock(ObjectId lock, ThreadId thread) { acquire(object(lock).sync, thread); }
  void release_lock(ObjectId lock, ThreadId thread) { release(object(lock).sync, thread); }

  /// Takes into a hash all that decides about races to come: for each access that may still be
  /// part of one, who knows of it: threads, locks, and `carriers`. Times as such do not matter.
  void add_state(Hash128& hash, std::span<const Clock* const> carriers) const;

 private:
  struct Past {
    std::uint32_t time = 0;  ///< of its thread; 0: no access yet
    RaceAccess access;
  };
  // Of one thread. An atomic access hides no plain one before it from another thread's atomic
  // access.
  struct PastOfThread {
    Past plain, atomic;  // the last ones; no atomic one that a plain one follows
  };
  struct Object {
    Clock sync;  // of its last release: a lock's, or an atomic write's
    std::vector<PastOfThread> reads, writes;
    bool reported = false;
  };

  void add_known_by(Hash128& hash, std::size_t thread, std::uint32_t time,
                    std::span<const Clock* const> carriers) const;
  Object& object(ObjectId id);
  Clock& clock(ThreadId thread);

  std::vector<Clock> clocks_;  // by thread
  std::vector<Object> objects_;
};

}  // namespace simcheck::sim
