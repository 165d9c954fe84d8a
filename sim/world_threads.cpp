// What World does only when there are several threads: preemption, locks, data races.
#include <bit>

#include "sim/assert.hpp"
#include "sim/world.hpp"

namespace simcheck::sim {

void World::add_to_thread(FiberId fiber) {
  const std::size_t thread = index_of(thread_of(fiber));
  SIMCHECK_ASSERT(thread < kFibersMax, "a world has at most 64 threads");
  if (loops_.size() <= thread) loops_.resize(thread + 1);
  Lock& loop = loops_[thread];
  if (loop.wanted_by == 0) ++threads_;
  loop.wanted_by |= bit_of(fiber);
  preemptive_ = threads_ > 1;
  set_onlooker(kThreads, preemptive_);
  plain_ = plain_ && !preemptive_;
  if (preemptive_) woken_with_.resize(fibers_.size());
  // Only where fibers share a thread can one keep another waiting.
  if (std::popcount(loop.wanted_by) == 2) {
    loop.object = add_known_object("thread " + std::to_string(thread));
  }
}

// Transitions are short here: without a word on each, a trace would hardly be readable.
void World::narrate_use(std::string_view what, ObjectId object) {
  if (!narrating()) return;
  const ArenaScope heap(nullptr);
  narrate_note(std::string(what) + " " + std::string(object_name(object)));
}

// Between two transitions of one section.
void World::let_others_run() {
  ready_ |= bit_of(running_);
  suspend();
}

void World::examine(ObjectId object, AccessMode mode, Atomicity atomicity) {
  const bool is_write = mode != AccessMode::kRead;
  const auto race =
      race_detector_.access({.object = object,
                             .thread = thread_of(running_),
                             .access = {running_, steps_, is_write, running().request},
                             .atomicity = atomicity});
  if (!race) return;
  races_.push_back(*race);
  narrate_use("data race on", object);
}

void World::acquire(Lock& lock, const char* kind) {
  FiberState& state = running();
  state.wants = &lock;
  state.waits_for_kind = kind;
  lock.wanted_by |= bit_of(running_);
  if (lock.held) locked_out_ |= bit_of(running_);
  let_others_run();
  // While the world is cancelled, a destructor gets what it asks for.
  state.wants = nullptr;
  lock.wanted_by &= ~bit_of(running_);
  take(lock, AccessMode::kAcquire);
}

bool World::try_acquire(Lock& lock) {
  preempt();
  if (lock.held) {
    touch(lock.object, AccessMode::kRead);
    narrate_use("does not get", lock.object);
    return false;
  }
  take(lock, AccessMode::kWrite);
  return true;
}

void World::take(Lock& lock, AccessMode mode) {
  touch(lock.object, mode);
  narrate_use("locks", lock.object);
  lock.held = true;
  lock.holder = running_;
  if (states_ != nullptr) [[unlikely]]
    states_->set(lock.object, hash_of_word(1));
  locked_out_ |= lock.wanted_by;
  race_detector_.acquire_lock(lock.object, thread_of(running_));
}

// A guard's destructor comes here too, and an exception could not leave it: if the world is
// cancelled meanwhile, the next call that waits says so. Whether the lock is the caller's is asked
// when it is given back, and not before, since others come in between.
void World::release(Lock& lock) {
  ready_ |= bit_of(running_);
  if (!cancelling_) running().fiber.suspend();
  if (cancelling_ && lock.held && lock.holder != running_) return;  // its guard will
  if (!lock.held || thread_of(lock.holder) != thread_of(running_)) return refuse_release(lock);
  touch(lock.object, AccessMode::kRelease);
  narrate_use("unlocks", lock.object);
  lock.held = false;
  if (states_ != nullptr) [[unlikely]]
    states_->set(lock.object, {});
  locked_out_ &= ~lock.wanted_by;
  race_detector_.release_lock(lock.object, thread_of(running_));
}

void World::refuse_release(const Lock& lock) {
  touch(lock.object, AccessMode::kRead);
  refuse_unlock(lock.object, lock.held ? &lock.holder : nullptr);
}

void World::release_to(RaceDetector::Clock& carrier) {
  if (preemptive_) race_detector_.release(carrier, thread_of(running_));
}

void World::acquire_from(const RaceDetector::Clock& carrier) {
  if (preemptive_) race_detector_.acquire(carrier, thread_of(running_));
}

// Whoever drives the world waited for all threads, so they know all of each other's past, and the
// clocks may begin anew.
void World::forget_races() {
  race_detector_ = {};
  races_.clear();
  for (RaceDetector::Clock& clock : woken_with_) clock.clear();
}

// All fibers of a thread want its event loop, but the one that has it.
void World::enter_thread(FiberState& state) {
  if (contains(in_section_, state.id)) return;
  in_section_ |= bit_of(state.id);
  Lock& loop = loops_[index_of(thread_of(state.id))];
  loop.held = true;
  if (std::has_single_bit(loop.wanted_by)) return;
  locked_out_ |= loop.wanted_by & ~bit_of(state.id);
  touch(loop.object, AccessMode::kAcquire);
}

void World::give_thread_back(FiberState& state) {
  in_section_ &= ~bit_of(state.id);
  Lock& loop = loops_[index_of(thread_of(state.id))];
  loop.held = false;
  if (std::has_single_bit(loop.wanted_by)) return;
  locked_out_ &= ~loop.wanted_by;
  touch(loop.object, AccessMode::kRelease);
}

FiberId World::holder_of_thread(const FiberState& state) const {
  return first_of(loops_[index_of(thread_of(state.id))].wanted_by & in_section_);
}

ObjectId World::locked_out_by(FiberId fiber) const {
  const Lock* const wanted = state_of(fiber).wants;
  return wanted != nullptr ? wanted->object : loops_[index_of(thread_of(fiber))].object;
}

}  // namespace simcheck::sim
