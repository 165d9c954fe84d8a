#include "sim/world.hpp"

#include <algorithm>
#include <exception>
#include <stdexcept>
#include <utility>

#include "sim/assert.hpp"
#include "sim/disk.hpp"
#include "sim/heap_watch.hpp"
#include "sim/sync.hpp"
#include "sim/thrown.hpp"

namespace simcheck::sim {
namespace {

// Thrown in a suspended fiber to unwind it. Not a std::exception, so that code under test does not
// catch it by accident.
struct FiberCancelled {};

// The enabling object that carries "this fiber was woken"; latches and orders come after these (see
// World::enabling_objects_).
constexpr ObjectId wake_object(std::uint32_t fiber) { return ObjectId{kEnablingBit | fiber}; }

}  // namespace

World::World() {
  const ArenaScope heap(nullptr);
  plans_ = std::make_unique<std::vector<FiberPlan>>();
}

World::~World() {
  while (!owned_.empty()) owned_.pop_back();
}

FiberId World::spawn(std::string name, std::function<void()> body, SpawnOptions options) {
  SIMCHECK_ASSERT(std::ranges::none_of(fibers_, [](const auto& f) { return f->started; }),
                  "fibers are spawned before the first one runs: a driver's constructor can, a "
                  "request cannot");
  FiberState& state = add_fiber({.name = std::move(name),
                                 .starts_after = options.starts_after,
                                 .thread = options.thread,
                                 .symmetry_class = options.symmetry_class});
  state.body = std::move(body);
  state.request = options.request;
  add_to_thread(state.id);
  unfinished_ |= bit_of(state.id);
  if (options.starts_after == nullptr) ready_ |= bit_of(state.id);
  return state.id;
}

FiberState& World::add_fiber(FiberPlan plan) {
  SIMCHECK_ASSERT(fibers_.size() < kFibersMax, "a world has at most 64 fibers");
  SIMCHECK_ASSERT(steps_ == 0, "fibers are spawned before the first transition");
  // What growing leaves behind stays in the arena, and is copied with every checkpoint.
  if (fibers_.capacity() == 0) {
    fibers_.reserve(8);
    touches_.reserve(8);
  }
  const FiberId id{static_cast<std::uint32_t>(fibers_.size())};
  {
    const ArenaScope heap(nullptr);
    plans_->push_back(std::move(plan));
  }
  FiberState& state = *fibers_.emplace_back(std::make_unique<FiberState>());
  add_maker();
  state.world = this;
  state.id = id;
  return state;
}

ObjectId World::add_enabling_object() { return ObjectId{kEnablingBit | enabling_objects_++}; }

void World::wait(ObjectId waits_for, const char* kind) {
  require_fibers();
  leave_thread(running());
  wait_in_thread(waits_for, kind);
}

void World::thread_wait(ObjectId waits_for, const char* kind) {
  require_fibers();
  if (!preemptive_) {
    touch(thread_object_, AccessMode::kWrite);
    stopped_ = ~FiberSet{0};
    stopper_ = running_;
  }
  wait_in_thread(waits_for, kind);
}

void World::refuse_without_fibers() {
  throw std::logic_error(
      "only a fiber can wait for I/O, for another fiber, or yield, and there is none yet; what the "
      "log holds at the start is World::log_content()");
}

void World::wait_in_thread(ObjectId waits_for, const char* kind) {
  FiberState& state = running();
  state.waits_for = waits_for;
  state.waits_for_kind = kind;
  state.waiting = !state.woken_early;
  if (state.woken_early) ready_ |= bit_of(running_);
  state.woken_early = false;
  suspend();
}

void World::make_ready(FiberId fiber) {
  FiberState& state = state_of(fiber);
  // With several threads, one that is about to wait can be woken before it does.
  if (!state.waiting) state.woken_early = true;
  state.waiting = false;
  state.has_enabler = true;
  state.enabled_by = wake_object(index_of(fiber));
  touch(state.enabled_by, AccessMode::kAdd);
  if (preemptive_) race_detector_.release(woken_with_[index_of(fiber)], thread_of(running_));
  if (!state.woken_early) ready_ |= bit_of(fiber);
  stopped_ = 0;
}

void World::open(const Latch& latch) {
  for (const auto& owned : fibers_) {
    FiberState& state = *owned;
    if (plan_of(state.id).starts_after != &latch) continue;
    state.has_enabler = true;
    state.enabled_by = latch.id();
    if (preemptive_) woken_with_[index_of(state.id)] = latch.clock();
    ready_ |= bit_of(state.id);
  }
}

void World::expect_thread_waits() {
  if (thread_waits_) return;
  if (has_begun() && preemptive_) return;  // threads are locks, then
  SIMCHECK_ASSERT(!has_begun(),
                  "the first Mutex or CondVar is made before fibers run, by a driver's constructor "
                  "say: from then on every section can be stopped, and must have been seen before");
  thread_waits_ = true;
  plain_ = false;
  thread_object_ = add_known_object("thread 0");
}

void World::hold(ObjectId lock) { locks_held_.push_back({lock, running_, steps_}); }

void World::release(ObjectId lock) {
  const auto held = std::ranges::find(locks_held_, lock, &HeldLock::lock);
  if (held == locks_held_.end()) {
    touch(lock, AccessMode::kRead);
    return refuse_unlock(lock, nullptr);
  }
  // Within one section only those can tell that hold it over several.
  touch(lock, held->since_step == steps_ ? AccessMode::kRead : AccessMode::kWrite);
  locks_held_.erase(held);
}

// Undefined behaviour of a pthread mutex, of which an execution is told as of any other exception.
// A guard that another exception destroys must not throw. One has nothing to give back behind a
// wait that was cancelled.
void World::refuse_unlock(ObjectId lock, const FiberId* holder) {
  if (cancelling_) return;
  std::string text = "mutex " + std::string(object_name(lock)) + " is unlocked ";
  text += holder == nullptr
              ? "while nobody holds it"
              : "by another thread than that of " + fiber_name(*holder) + ", which holds it";
  if (std::uncaught_exceptions() == 0) throw std::logic_error(text);
  report_exception(std::move(text));
}

void World::report_exception(std::string text) {
  record_exception(std::move(text));
  emit({.kind = EventKind::kException});
}

void World::read_enabler(FiberState& state) {
  // One that was woken before it waited still has accesses of its own before it.
  if (state.woken_early) return;
  touch(state.enabled_by, AccessMode::kRead);
  state.has_enabler = false;
  if (preemptive_) race_detector_.acquire(woken_with_[index_of(state.id)], thread_of(state.id));
}

void World::start(FiberState& state) {
  begin();
  state.started = true;
  state.fiber.prepare(state.stack, &World::fiber_main, &state);
}

void World::begin_special(FiberState& state, bool is_section) {
  if (states_ != nullptr) states_->begin(state.id);
  if (!is_section) return;
  if (!orders_.empty()) begin_ordered(state);
  if (preemptive_) {
    enter_thread(state);
  } else if (thread_waits_) {
    touch(thread_object_, AccessMode::kRead);
  }
}

void World::end_special(FiberState& state, bool is_section) {
  if (is_section) {
    // Keeps locks held beyond the section in its footprint.
    for (const HeldLock& held : locks_held_) {
      if (held.holder == state.id) touch(held.lock, AccessMode::kWrite);
    }
    if (!contains(unfinished_, state.id)) leave_thread(state);
  }
  if (!orders_.empty()) end_ordered(state);
  if (states_ != nullptr) states_->end(touches_.footprint(), !contains(unfinished_, state.id));
}

void World::take_effect(FiberState& state) {
  in_flight_ &= ~bit_of(state.id);
  if (state.io == nullptr) [[unlikely]]
    return cut_power();
  ready_ |= bit_of(state.id);
  state.io->disk->take_effect(*state.io);
}

void World::fiber_main(void* argument) {
  FiberState& state = *static_cast<FiberState*>(argument);
  World& world = *state.world;
  try {
    state.body();
  } catch (const FiberCancelled&) {
  } catch (...) {
    world.report_exception(thrown());
  }
  world.unfinished_ &= ~bit_of(state.id);
  state.fiber.suspend();
}

void World::restart(FiberId fiber) {
  SIMCHECK_ASSERT(!contains(unfinished_, fiber), "only a fiber that has ended starts again");
  SIMCHECK_ASSERT(orders_.empty() && states_ == nullptr, "fibers start again in simulations only");
  FiberState& state = state_of(fiber);
  state.started = false;
  unfinished_ |= bit_of(fiber);
  ready_ |= bit_of(fiber);
  if (!preemptive_) return;
  state.has_enabler = true;
  state.enabled_by = wake_object(index_of(fiber));
  race_detector_.release(woken_with_[index_of(fiber)], thread_of(running_));
}

void World::forget_history() {
  SIMCHECK_ASSERT(unfinished_ == 0, "history is forgotten at rest");
  Chronicle::forget_history();
  if (preemptive_) forget_races();
}

// Unwinding runs destructors, which may release locks or even do I/O: nothing waits any more.
void World::unwind() {
  if (std::uncaught_exceptions() == 0) throw FiberCancelled{};
}

void World::cancel() {
  const UncountedHeap exceptions;
  const ArenaScope memory(arena_);
  cancelling_ = true;
  for (const auto& owned : fibers_) {
    FiberState& state = *owned;
    if ((unfinished_ & bit_of(state.id)) == 0 || !state.started) continue;
    running_ = state.id;
    state.fiber.resume();
  }
}

std::span<std::byte> World::used_stack(FiberId fiber) {
  FiberState& state = state_of(fiber);
  if (!state.started || !contains(unfinished_, fiber)) return {};
  return {state.fiber.used_from(), state.stack.top()};
}

bool World::can_be_saved() const {
  return std::ranges::none_of(
      fibers_, [](const auto& state) { return state->started && state->fiber.holds_exception(); });
}

History World::history() const {
  History history = Chronicle::history();
  history.threads = threads_;
  history.races = races_;
  history.context = this;
  history.object_name = [](const void* world, ObjectId object) {
    return static_cast<const World*>(world)->object_name(object);
  };
  history.stuck_fibers = [](const void* world) {
    return static_cast<const World*>(world)->stuck_fibers();
  };
  return history;
}

}  // namespace simcheck::sim
