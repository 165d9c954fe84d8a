// One execution: fibers, the shared objects and devices they use, and the transitions that can
// happen next. A World decides nothing: whoever drives it picks one enabled fiber after the other.
//
// Semantics. Fibers of one thread are cooperative: one runs alone from its resumption to its next
// blocking call, and that section is one transition. A disk request adds one more: it is submitted
// within a section, then takes effect (a transition), then the fiber is resumed (the next section).
// A fiber has at most one request in flight, so each fiber has at most one next transition.
//
// Threads: every fiber belongs to one. A thread wait (a contended Mutex, a CondVar) stops every
// fiber of its thread; a coroutine wait (I/O, a WaitQueue, yield) the caller alone. With more than
// one thread, fibers of different threads preempt each other before every Shared access and every
// operation of a lock or queue, so that a transition is one such access and what follows it up to
// the next; memory is sequentially consistent. A thread runs one section at a time: to begin one is
// to take the thread's event loop, as a lock, and a coroutine wait gives it back.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/arena.hpp"
#include "sim/assert.hpp"
#include "sim/atomicity.hpp"
#include "sim/chronicle.hpp"
#include "sim/disk_request.hpp"
#include "sim/faults.hpp"
#include "sim/fiber_set.hpp"
#include "sim/fiber_state.hpp"
#include "sim/lock.hpp"
#include "sim/race_detector.hpp"
#include "sim/spawn.hpp"

namespace simcheck::sim {

class Latch;

class World : public Chronicle {
 public:
  World();
  ~World();

  // -- Building ------------------------------------------------------------------------------

  /// Adds a fiber that will run `body`. At most kFibersMax. Only before the first transition.
  FiberId spawn(std::string name, std::function<void()> body, SpawnOptions options = {});

  /// Makes an object that lives as long as the world. Destroyed in reverse order of creation.
  template <class T, class... Arguments>
  T& make(Arguments&&... arguments) {
    auto object = std::make_shared<T>(std::forward<Arguments>(arguments)...);
    T& result = *object;
    owned_.push_back(std::move(object));
    return result;
  }

  /// Keeps a fiber from its n-th transition, a section, until the other has had its m-th. Splits
  /// what can happen in two, together with the opposite order.
  void order(const TransitionOrder& order);

  /// Faults hit the disk requests of the fibers spawned so far, as planned; the scope says which
  /// ones faults() remembers to be possible.
  void inject(FaultPlan plan, const FaultScope& scope) {
    faults_ = std::make_unique<FaultInjector>(std::move(plan), scope, fibers_.size());
  }

  /// The same, decided request by request: for simulations.
  void inject(FaultDraw draw) { faults_ = std::make_unique<FaultInjector>(std::move(draw)); }

  /// Adds the power, as the last fiber: it runs no code, and its only transition, possible from the
  /// start, is that the power is cut. Nothing can happen after it. The cut comes before or after
  /// each event and moment of a disk whose bit is in `sees`; these do not thereby come before or
  /// after one another.
  FiberId add_power_cut(std::uint32_t sees);

  /// Makes states recognisable, for state_hash(). Before anything else is built.
  void hash_states();

  // -- For code under test, from a running fiber ---------------------------------------------

  /// Ends the section; the fiber can be resumed at once.
  void yield(Where where = Where::here()) {
    require_fibers();
    at(where);
    ready_ |= bit_of(running_);
    leave_thread(running());
    suspend();
  }

  /// Appends to the history. The step and the running fiber's request are filled in.
  void emit(const Event& event) {
    touch_observed(bit_of(event.kind));
    append(event, current_request(), current_request());
  }
  /// As emit(), for an event that no reduction needs to order, since its order follows from the
  /// scenario's structure. Its request is as given. Also allowed outside of fibers.
  void record(const Event& event) {
    append(event, event.request, fibers_.empty() ? kNoRequest : current_request());
  }

  /// A point at which fibers of other threads may come first; nothing with one thread. Every access
  /// of shared state and every operation of a lock begins with this.
  void preempt() {
    if (preemptive_) [[unlikely]]
      let_others_run();
  }

  /// An access of shared data by the running fiber. With several threads it is examined for data
  /// races: two unordered ones, one of them a write, unless both are atomic.
  void access(ObjectId object, AccessMode mode, Atomicity atomicity = Atomicity::kPlain) {
    touch(object, mode);
    if (preemptive_) [[unlikely]]
      examine(object, mode, atomicity);
  }

  /// The running fiber.
  FiberId current() const { return running_; }
  RequestId current_request() const { return state_of(running_).request; }
  /// The request that the running fiber's events belong to from now on.
  void set_current_request(RequestId request) { running().request = request; }

  // -- For sync objects and devices of this library ------------------------------------------

  /// Suspends the running fiber until make_ready(). `kind` and the object's name tell deadlock
  /// reports what it waits for: "queue" "super_update_queue". `kind` has static storage.
  void wait(ObjectId waits_for, const char* kind = "");
  /// As wait(), and no fiber of the thread runs meanwhile.
  void thread_wait(ObjectId waits_for, const char* kind);
  /// Ends another fiber's wait: its resumption is a later transition of its own.
  void make_ready(FiberId fiber);
  /// Submits a disk request for the running fiber, and returns when it has completed.
  void run_request(DiskRequest& request) {
    require_fibers();
    running().io = &request;
    in_flight_ |= bit_of(running_);
    leave_thread(running());
    suspend();
  }
  /// What hits disk requests; null if nothing does.
  FaultInjector* faults() const { return faults_.get(); }
  /// Lets fibers that were spawned with `starts_after` start.
  void open(const Latch& latch);
  /// From now on every section reads its thread's object, since a thread wait may disable it.
  void expect_thread_waits();
  /// For Mutex with one thread: a lock held beyond a section is written, else only read.
  void hold(ObjectId lock);
  /// Throws where nobody holds it, or another thread does: std::logic_error.
  void release(ObjectId lock);
  /// For Mutex with several threads: a lock held by another is waited for, and the fiber's thread
  /// runs nothing else meanwhile. Each begins with preempt(), try_acquire too.
  bool preemptive() const { return preemptive_; }
  void acquire(Lock& lock, const char* kind);
  bool try_acquire(Lock& lock);
  void release(Lock& lock);
  /// For Latch: what happened before count_down() happened before what the latch lets start.
  void release_to(RaceDetector::Clock& carrier);
  void acquire_from(const RaceDetector::Clock& carrier);
  /// A new object that carries enabling (see kEnablingBit).
  ObjectId add_enabling_object();

  // -- For whoever drives the world ----------------------------------------------------------

  std::size_t fiber_count() const { return fibers_.size(); }
  const std::string& fiber_name(FiberId fiber) const { return plan_of(fiber).name; }
  /// In texts from now on, for a fiber that carries out one thing after the other.
  void rename(FiberId fiber, std::string name) { plan_of(fiber).name = std::move(name); }
  ThreadId thread_of(FiberId fiber) const { return plan_of(fiber).thread; }
  /// See SpawnOptions.
  std::uint32_t symmetry_class(FiberId fiber) const { return plan_of(fiber).symmetry_class; }
  /// The threads that have fibers.
  std::uint32_t thread_count() const { return threads_; }

  /// The fibers with a transition that can happen now.
  FiberSet enabled() const {
    return in_flight_ | (ready_ & ~(stopped_ | ordered_back_ | locked_out_));
  }
  /// Of these, the ones whose next transition is a disk request's effect.
  FiberSet in_flight() const { return in_flight_; }
  /// Fibers that could run, were their thread not stopped by a thread wait.
  FiberSet stopped_by_thread() const { return ready_ & stopped_ & ~ordered_back_; }
  /// Fibers that could run, did another not hold a lock or their thread's event loop.
  FiberSet locked_out() const { return ready_ & locked_out_ & ~ordered_back_; }
  /// The object whose holder keeps a locked-out fiber from running.
  ObjectId locked_out_by(FiberId fiber) const;
  /// Fibers within a section: they hold their thread. Always empty with one thread.
  FiberSet in_section() const { return in_section_; }
  /// Fibers that nothing but an order() keeps from running.
  FiberSet ordered_back() const { return ready_ & ordered_back_ & ~(stopped_ | locked_out_); }
  /// What every section reads and a thread wait writes; none if no thread wait is possible.
  std::optional<ObjectId> thread_object() const {
    return thread_waits_ ? std::optional(thread_object_) : std::nullopt;
  }
  /// How many transitions of its own the fiber has had.
  std::uint32_t transitions_of(FiberId fiber) const { return state_of(fiber).transitions; }
  /// Fibers that have not ended.
  FiberSet unfinished() const { return unfinished_; }
  /// The fiber of add_power_cut(), if there is one.
  FiberSet power() const { return power_fiber_; }
  /// Was the power cut, and was anything still going to happen then?
  bool power_was_cut() const { return power_was_cut_; }
  bool was_cut_short() const { return was_cut_short_; }
  /// Was a data race found?
  bool has_raced() const { return !races_.empty(); }

  /// Runs the next transition of an enabled fiber. Inline for the sake of the switch: see Fiber.
  [[gnu::always_inline]] void run(FiberId fiber) {
    SIMCHECK_ASSERT(contains(enabled(), fiber), "only an enabled fiber can run");
    touches_.begin();
    note_effect({});
    run_next_of(fiber);
  }
  /// The same for a transition that was run before on the present path: it makes no footprint and
  /// appends nothing to the tapes, whose lengths after it are given. Only if can_repeat(), between
  /// set_repeating(true) and set_repeating(false), and if the fiber is enabled.
  [[gnu::always_inline]] void run_again(FiberId fiber, const Tapes::Lengths& after) {
    touches_.begin_again();
    run_next_of(fiber);
    tapes_.set_lengths(after);
  }
  /// As run_again(), for an effect that was DiskEffect::plain, and the number it had. False if
  /// there is no request in flight now.
  [[gnu::always_inline]] bool repeat_effect(FiberId fiber, std::uint32_t effect,
                                            const Tapes::Lengths& after) {
    if (!contains(in_flight_, fiber)) [[unlikely]]
      return false;
    FiberState& state = state_of(fiber);
    in_flight_ &= ~bit_of(fiber);
    ready_ |= bit_of(fiber);
    state.io->take_effect_again(effect);
    ++state.transitions;
    if (!plain_) [[unlikely]]
      end_special(state, false);
    ++steps_;
    tapes_.set_lengths(after);
    return true;
  }
  /// The state between two transitions (see StateHasher); only after hash_states().
  Hash128 state_hash() const;

  /// Lets a fiber that has ended run its body again. Its past is not kept apart from what comes, so
  /// this is for simulations (simulate.hpp), not for exploring. With several threads, what came
  /// before this in the running fiber's thread happened before what it does.
  void restart(FiberId fiber);
  /// Forgets requests, events and exceptions, and counts steps from 0 again; RequestIds start anew.
  /// The state stays. At rest only: no fiber may be on its way.
  void forget_history();
  /// The disk request of a fiber that is in flight.
  const DiskRequest& request_in_flight(FiberId fiber) const { return *state_of(fiber).io; }

  /// Ends all fibers that have started but not ended, by an exception thrown where they wait. No
  /// transition may run afterwards.
  void cancel();

  /// The used stack of a fiber that has started and not ended; else nothing. For checkpoints.
  std::span<std::byte> used_stack(FiberId fiber);
  /// False while a fiber is suspended in a catch block, whose exception no checkpoint can hold.
  bool can_be_saved() const;

  /// What happened so far. `ending` is filled in by the caller.
  History history() const;

  std::vector<StuckFiber> stuck_fibers() const;

  /// Where `new` allocates while fibers run; null: the heap. Set by Testbed.
  void use_arena(Arena* arena) { arena_ = arena; }

 private:
  struct OrderState {
    TransitionOrder order;
    ObjectId object;  // carries that the earlier one is over
  };
  struct HeldLock {
    ObjectId lock;
    FiberId holder;
    std::uint32_t since_step;
  };

  [[gnu::always_inline]] void run_next_of(FiberId fiber) {
    const ArenaScope memory(arena_);
    running_ = fiber;
    FiberState& state = state_of(fiber);
    const bool is_section = !contains(in_flight_, fiber);
    if (!plain_) [[unlikely]]
      begin_special(state, is_section);
    if (is_section) {
      ready_ &= ~bit_of(fiber);
      if (state.has_enabler) [[unlikely]]
        read_enabler(state);
      if (!state.started) [[unlikely]]
        start(state);
      state.fiber.resume();
    } else {
      take_effect(state);
    }
    ++state.transitions;
    if (!plain_) [[unlikely]]
      end_special(state, is_section);
    ++steps_;
  }

  static void fiber_main(void* state);
  FiberState& add_fiber(FiberPlan plan);
  FiberPlan& plan_of(FiberId fiber) { return (*plans_)[index_of(fiber)]; }
  const FiberPlan& plan_of(FiberId fiber) const { return (*plans_)[index_of(fiber)]; }
  FiberState& state_of(FiberId fiber) { return *fibers_[index_of(fiber)]; }
  const FiberState& state_of(FiberId fiber) const { return *fibers_[index_of(fiber)]; }
  FiberState& running() { return state_of(running_); }
  void take_effect(FiberState& state);
  void cut_power();
  void suspend() {
    if (!cancelling_) [[likely]]
      running().fiber.suspend();
    if (cancelling_) [[unlikely]]
      unwind();
  }
  void unwind();
  // A driver that is being made has no fiber to wait in.
  void require_fibers() const {
    if (fibers_.empty()) [[unlikely]]
      refuse_without_fibers();
  }
  [[noreturn]] static void refuse_without_fibers();
  void read_enabler(FiberState& state);
  void start(FiberState& state);
  void begin_special(FiberState& state, bool is_section);
  void end_special(FiberState& state, bool is_section);
  void begin_ordered(FiberState& state);
  void end_ordered(FiberState& state);
  bool has_had(const TransitionOrder& order) const;
  void hold_back_if_ordered(FiberState& state);
  void wait_in_thread(ObjectId waits_for, const char* kind);
  // With several threads (world_threads.cpp).
  void add_to_thread(FiberId fiber);
  void let_others_run();
  void examine(ObjectId object, AccessMode mode, Atomicity atomicity);
  void narrate_use(std::string_view what, ObjectId object);
  void take(Lock& lock, AccessMode mode);
  void refuse_release(const Lock& lock);
  void refuse_unlock(ObjectId lock, const FiberId* holder);
  void report_exception(std::string text);
  void forget_races();
  void enter_thread(FiberState& state);
  void leave_thread(FiberState& state) {
    if (preemptive_) [[unlikely]]
      give_thread_back(state);
  }
  void give_thread_back(FiberState& state);
  FiberId holder_of_thread(const FiberState& state) const;
  // In words (world_stuck.cpp).
  std::string waits_for(const FiberState& state) const;
  std::string waits_for_object(const FiberState& state) const;
  std::string held_by(FiberId holder, FiberId waiting) const;

  bool plain_ = true;  // one thread, no thread waits, no order(), no hashes of states
  // Fixed before the first transition. Lies outside of the arena: no checkpoint copies it.
  std::unique_ptr<std::vector<FiberPlan>> plans_;
  std::vector<std::unique_ptr<FiberState>> fibers_;
  FiberSet ready_ = 0, in_flight_ = 0, stopped_ = 0, unfinished_ = 0;
  FiberSet ordered_back_ = 0;  // by an order() that is not fulfilled
  FiberSet locked_out_ = 0;    // who wants a lock that is held
  FiberSet in_section_ = 0;
  bool preemptive_ = false;    // there are several threads
  std::uint32_t threads_ = 0;  // that have fibers
  std::vector<Lock> loops_;    // by thread; only those with several fibers become objects
  RaceDetector race_detector_;
  std::vector<RaceDetector::Clock> woken_with_;  // by fiber, what its waker knew; if preemptive_
  std::vector<DataRace> races_;
  FiberId stopper_{};  // whose thread wait set stopped_
  bool thread_waits_ = false;
  ObjectId thread_object_{};
  std::uint32_t enabling_objects_ = kFibersMax;  // after the wake objects
  bool cancelling_ = false;
  ObjectId power_{};  // read by the cut
  FiberSet power_fiber_ = 0;
  bool power_was_cut_ = false, was_cut_short_ = false;

  std::vector<HeldLock> locks_held_;
  std::vector<OrderState> orders_;
  std::unique_ptr<FaultInjector> faults_;
  std::vector<std::shared_ptr<void>> owned_;

  Arena* arena_ = nullptr;
};

}  // namespace simcheck::sim
