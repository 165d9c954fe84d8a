// How fibers wait for one another: a coroutine queue, a thread mutex and condition variable, and a
// latch. What differs is who stops: a wait in a WaitQueue suspends the caller alone; a Mutex or
// CondVar stops the whole thread, as pthread's do.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sim/world.hpp"

namespace simcheck::sim {

/// A thread's mutex, not recursive. Locking it while another fiber of the same thread holds it
/// stops the thread for good, as it would in a real program. With one thread, a lock taken and
/// given back within one section leaves no footprint, since nobody can tell. With several, lock()
/// is a transition that is not enabled while the mutex is held, and a failed try_lock() a read.
class Mutex {
 public:
  Mutex(World& world, std::string name);
  Mutex(const Mutex&) = delete;

  void lock(Where where = Where::here());
  void unlock(Where where = Where::here());
  bool try_lock(Where where = Where::here());

  ObjectId id() const { return lock_.object; }

 private:
  void lock_in_one_thread(const Where& where);

  World& world_;
  Lock lock_;
  std::vector<FiberId> waiting_;  // with one thread
};

/// A queue of suspended coroutines (QEMU: CoQueue). First in, first out. It is ordinary data:
/// threads that share one guard it by a mutex.
class WaitQueue {
 public:
  enum class Position { kBack, kFront };

  WaitQueue(World& world, std::string name);
  WaitQueue(const WaitQueue&) = delete;

  /// Suspends the calling fiber until it is woken. If `mutex` is given, it is released meanwhile
  /// and locked again before the return.
  void wait(Position position = Position::kBack, Mutex* mutex = nullptr,
            Where where = Where::here());

  /// Makes the first waiting fiber ready; others may run before it does. False if none waits.
  bool wake_one(Where where = Where::here());
  void wake_all(Where where = Where::here());
  bool empty() const;

 private:
  World& world_;
  ObjectId id_;
  std::vector<FiberId> waiting_;
};

/// A thread's condition variable.
class CondVar {
 public:
  CondVar(World& world, std::string name);
  CondVar(const CondVar&) = delete;

  /// Stops the calling thread until notified. `mutex` is released meanwhile and locked again
  /// before the return.
  void wait(Mutex& mutex, Where where = Where::here());
  void notify_one(Where where = Where::here());
  void notify_all(Where where = Where::here());

 private:
  World& world_;
  ObjectId id_;
  std::vector<FiberId> waiting_;
};

/// Opens after `count` calls of count_down(), and lets the fibers start that were spawned with
/// `starts_after` this latch. The calls commute with one another, so none is told whether it was
/// the last: Shared::fetch_sub() tells.
class Latch {
 public:
  Latch(World& world, std::uint32_t count);
  Latch(const Latch&) = delete;

  void count_down();
  /// Is it open? Without an access: for observers outside of the execution.
  bool peek() const;

  ObjectId id() const { return id_; }
  /// What happened before it opened; with several threads.
  const RaceDetector::Clock& clock() const { return clock_; }

 private:
  World& world_;
  ObjectId id_;
  std::uint32_t count_;
  RaceDetector::Clock clock_;
};

}  // namespace simcheck::sim
