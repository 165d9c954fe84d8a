#include "sim/sync.hpp"

#include <fmt/format.h>

#include <utility>

#include "sim/assert.hpp"

namespace simcheck::sim {
namespace {

FiberId take_first(std::vector<FiberId>& waiting) {
  const FiberId first = waiting.front();
  waiting.erase(waiting.begin());
  return first;
}

void narrate(World& world, std::string_view what, ObjectId object) {
  if (!world.narrating()) return;
  const ArenaScope heap(nullptr);
  world.narrate_note(fmt::format("{} {}", what, world.object_name(object)));
}

// Where threads preempt each other, it may be all that a transition does.
void narrate_use(World& world, std::string_view what, ObjectId object) {
  if (world.preemptive()) narrate(world, what, object);
}

void wake(World& world, FiberId fiber) {
  if (world.narrating()) {
    const ArenaScope heap(nullptr);
    world.narrate_note(fmt::format("wakes {}", world.fiber_name(fiber)));
  }
  world.make_ready(fiber);
}

// Who waits, for stateful search.
void tell_states(World& world, ObjectId object, const std::vector<FiberId>& waiting,
                 bool held = false) {
  StateHasher* states = world.states();
  if (states == nullptr) [[likely]]
    return;
  Hash128 value = hash_of_fibers(waiting);
  if (held) mix(value, UINT64_MAX);
  states->set(object, value);
}

// Passes on what the running fiber is told by an object.
bool told(World& world, ObjectId object, bool answer) {
  if (StateHasher* states = world.states()) [[unlikely]]
    states->observe(object, hash_of_word(answer ? 1 : 0));
  return answer;
}

}  // namespace

Mutex::Mutex(World& world, std::string name)
    : world_(world), lock_{.object = world.add_known_object(std::move(name))} {
  world.expect_thread_waits();
}

void Mutex::lock(Where where) {
  if (world_.preemptive()) {
    world_.acquire(lock_, "mutex");
    world_.at(where);
  } else {
    lock_in_one_thread(where);
  }
}

void Mutex::lock_in_one_thread(const Where& where) {
  world_.at(where);
  while (lock_.held) {
    world_.touch(lock_.object, AccessMode::kWrite);
    waiting_.push_back(world_.current());
    tell_states(world_, lock_.object, waiting_, lock_.held);
    narrate(world_, "stops its thread: waits for", lock_.object);
    world_.thread_wait(lock_.object, "mutex");
    // Still in line? Then nobody woke it: a destructor, while the world is cancelled.
    if (std::erase(waiting_, world_.current()) > 0) break;
  }
  lock_.held = true;
  tell_states(world_, lock_.object, waiting_, lock_.held);
  world_.hold(lock_.object);
}

void Mutex::unlock(Where where) {
  if (world_.preemptive()) {
    world_.release(lock_);
    return world_.at(where);
  }
  world_.release(lock_.object);
  lock_.held = false;
  if (!waiting_.empty()) wake(world_, take_first(waiting_));
  tell_states(world_, lock_.object, waiting_);
}

bool Mutex::try_lock(Where where) {
  if (world_.preemptive()) {
    const bool got = world_.try_acquire(lock_);
    world_.at(where);
    return told(world_, lock_.object, got);
  }
  if (lock_.held) {
    world_.touch(lock_.object, AccessMode::kRead);
    return told(world_, lock_.object, false);
  }
  lock_in_one_thread(where);
  return told(world_, lock_.object, true);
}

WaitQueue::WaitQueue(World& world, std::string name)
    : world_(world), id_(world.add_known_object(std::move(name))) {}

void WaitQueue::wait(Position position, Mutex* mutex, Where where) {
  world_.preempt();
  world_.at(where);
  world_.access(id_, AccessMode::kWrite);
  waiting_.insert(position == Position::kFront ? waiting_.begin() : waiting_.end(),
                  world_.current());
  tell_states(world_, id_, waiting_);
  narrate(world_, "waits in", id_);
  if (mutex != nullptr) mutex->unlock(where);
  world_.wait(id_, "queue");
  if (mutex != nullptr) mutex->lock(where);
}

bool WaitQueue::wake_one(Where where) {
  world_.preempt();
  world_.at(where);
  world_.access(id_, AccessMode::kWrite);
  if (waiting_.empty()) {
    narrate_use(world_, "finds nobody in", id_);
    return told(world_, id_, false);
  }
  wake(world_, take_first(waiting_));
  tell_states(world_, id_, waiting_);
  return told(world_, id_, true);
}

void WaitQueue::wake_all(Where where) {
  while (wake_one(where)) {
  }
}

bool WaitQueue::empty() const {
  world_.preempt();
  world_.access(id_, AccessMode::kRead);
  narrate_use(world_, waiting_.empty() ? "finds nobody in" : "finds somebody in", id_);
  return told(world_, id_, waiting_.empty());
}

CondVar::CondVar(World& world, std::string name)
    : world_(world), id_(world.add_known_object(std::move(name))) {
  world.expect_thread_waits();
}

void CondVar::wait(Mutex& mutex, Where where) {
  world_.preempt();
  world_.at(where);
  world_.touch(id_, AccessMode::kWrite);
  waiting_.push_back(world_.current());
  tell_states(world_, id_, waiting_);
  narrate(world_, "stops its thread: waits on", id_);
  mutex.unlock(where);
  world_.thread_wait(id_, "condition variable");
  mutex.lock(where);
}

void CondVar::notify_one(Where where) {
  world_.preempt();
  world_.at(where);
  world_.touch(id_, AccessMode::kWrite);
  if (waiting_.empty()) {
    narrate_use(world_, "notifies nobody: none waits on", id_);
  } else {
    wake(world_, take_first(waiting_));
  }
  tell_states(world_, id_, waiting_);
}

void CondVar::notify_all(Where where) {
  world_.preempt();
  world_.at(where);
  world_.touch(id_, AccessMode::kWrite);
  if (waiting_.empty()) narrate_use(world_, "notifies nobody: none waits on", id_);
  while (!waiting_.empty()) wake(world_, take_first(waiting_));
  tell_states(world_, id_, waiting_);
}

Latch::Latch(World& world, std::uint32_t count)
    : world_(world), id_(world.add_enabling_object()), count_(count) {
  SIMCHECK_ASSERT(count > 0, "a latch counts down from at least 1");
  if (StateHasher* states = world.states()) states->add_carrier(clock_);
}

void Latch::count_down() {
  SIMCHECK_ASSERT(count_ > 0, "a latch is counted down at most `count` times");
  world_.touch(id_, AccessMode::kAdd);
  world_.release_to(clock_);
  --count_;
  if (StateHasher* states = world_.states()) [[unlikely]]
    states->set(id_, hash_of_word(count_));
  if (count_ == 0) world_.open(*this);
}

bool Latch::peek() const { return told(world_, id_, count_ == 0); }

}  // namespace simcheck::sim
