#include "model/trace_preemptions.hpp"

#include <algorithm>
#include <string>
#include <unordered_set>

#include "model/archive_types.hpp"

namespace simcheck::model {
namespace {

using Count = HappensBefore::Count;

constexpr std::size_t kNobody = SIZE_MAX;

// Does the object tell a fiber that it was woken? Behind these come latches, and turns of symmetry.
constexpr bool is_wake(sim::ObjectId object) {
  return sim::is_enabling(object) && (sim::index_of(object) & ~sim::kEnablingBit) < sim::kFibersMax;
}

}  // namespace

// Breadth first over the linearizations, by their number of preemptions: a state is how many events
// each fiber has made, and who ran last. Moves that cannot be wrong are made without alternative.
class TracePreemptions::Search {
 public:
  Search(const TracePreemptions& trace, std::span<const StuckFiber> stuck,
         std::uint32_t cut = HappensBefore::kNone)
      : trace_(trace), stuck_(stuck), cut_(cut) {
    for (std::size_t f = 0; f < trace.fibers_; ++f) find_gates(f);
    for (std::uint32_t e = 0; e < trace.size() && !gates_.empty(); ++e) add_to_gates(e);
  }

  bool within(std::uint32_t bound) {
    add({Counts(trace_.fibers_, '\0'), kNobody}, now_);
    for (std::uint32_t cost = 0; cost <= bound; ++cost) {
      while (!now_.empty()) {
        State state = std::move(now_.back());
        now_.pop_back();
        if (is_done(state)) return true;
        step(state);
      }
      std::swap(now_, later_);
      std::erase_if(now_, [this](const State& state) { return !seen_.insert(key(state)).second; });
    }
    return false;
  }

 private:
  using Counts = std::u16string;  // of each fiber, its events made so far

  struct State {
    Counts made;
    std::size_t last;  // whose code ran last, while it is within its section
    std::size_t done = 0;
  };

  // A lock or a wake-up that a fiber needs within its section: who takes, gives back or wakes, in
  // the order of the execution.
  struct Gate {
    sim::ObjectId object;
    std::vector<std::uint32_t> takings, openings;
  };

  static Counts key(const State& state) {
    return state.made + static_cast<char16_t>(state.last == kNobody ? 0 : state.last + 1);
  }

  void add(State state, std::vector<State>& states) {
    if (&states == &later_ || seen_.insert(key(state)).second) states.push_back(std::move(state));
  }

  const Transition& transition(std::uint32_t event) const { return trace_.order_[event].step; }
  std::uint32_t next_event(const State& state, std::size_t fiber) const {
    const auto& events = trace_.events_of_[fiber];
    return state.made[fiber] < events.size() ? events[state.made[fiber]] : HappensBefore::kNone;
  }

  bool is_made(const State& state, std::uint32_t event) const {
    const HappensBefore::Event& e = trace_.order_[event];
    return state.made[sim::index_of(e.step.fiber)] >= static_cast<char16_t>(e.number);
  }

  bool is_done(const State& state) const {
    return cut_ == HappensBefore::kNone ? state.done == trace_.size() : is_made(state, cut_);
  }

  // Has the fiber an event left, and are all made that happen before it?
  bool can_run(const State& state, std::size_t fiber) const {
    const std::uint32_t event = next_event(state, fiber);
    if (event == HappensBefore::kNone) return false;
    const std::span<const Count> clock = trace_.order_.clock(event);
    for (std::size_t f = 0; f < clock.size(); ++f) {
      if (f != fiber && static_cast<char16_t>(clock[f]) > state.made[f]) return false;
    }
    return true;
  }

  void make_next(State& state, std::size_t fiber) const {
    const std::uint32_t event = next_event(state, fiber);
    ++state.made[fiber];
    ++state.done;
    if (!transition(event).is_section) return;
    state.last = trace_.goes_on_[event] ? fiber : kNobody;
  }

  void step(State& state) {
    if (make_certain_move(state)) return add(std::move(state), now_);
    const bool preempts = state.last != kNobody && could_go_on(state);
    for (std::size_t f = 0; f < trace_.fibers_; ++f) {
      if (!can_run(state, f)) continue;
      State next = state;
      make_next(next, f);
      add(std::move(next), preempts && f != state.last ? later_ : now_);
    }
  }

  // Moves that lose nothing if made at once, whatever the best linearization is: there they can be
  // taken from where they are and put here. An effect is no switch. Going on with a section spares
  // a switch, and a whole section costs none, unless it lets others go on, whose switches away were
  // free while they could not.
  bool make_certain_move(State& state) const {
    for (std::size_t f = 0; f < trace_.fibers_; ++f) {
      if (!can_run(state, f) || transition(next_event(state, f)).is_section) continue;
      make_next(state, f);
      return true;
    }
    if (state.last != kNobody) {
      const bool certain = can_run(state, state.last) && !opens(next_event(state, state.last));
      if (certain) make_next(state, state.last);
      if (certain || could_go_on(state)) return certain;
    }
    for (std::size_t f = 0; f < trace_.fibers_; ++f) {
      State after = state;
      if (!make_section(after, f)) continue;
      state = std::move(after);
      return true;
    }
    return false;
  }

  bool make_section(State& state, std::size_t fiber) const {
    do {
      if (!can_run(state, fiber) || opens(next_event(state, fiber))) return false;
      make_next(state, fiber);
    } while (state.last == fiber);
    return true;
  }

  // What the last fiber's next transition touches, if it has one.
  std::span<const sim::Access> next_accesses(const State& state, std::size_t fiber) const {
    const std::uint32_t event = next_event(state, fiber);
    if (event != HappensBefore::kNone)
      return trace_.footprints_.accesses(transition(event).footprint);
    for (const StuckFiber& stuck : stuck_) {
      if (sim::index_of(stuck.fiber) == fiber) return trace_.footprints_.accesses(stuck.footprint);
    }
    return {};
  }

  bool is_stuck(std::size_t fiber) const {
    return std::ranges::any_of(
        stuck_, [fiber](const StuckFiber& stuck) { return sim::index_of(stuck.fiber) == fiber; });
  }

  // Could the fiber that ran last go on, in this state? Not if it goes on nowhere in the trace, or
  // nowhere before the cut: what else it did, nobody can tell then.
  bool could_go_on(const State& state) const {
    const std::size_t fiber = state.last;
    if (cut_ != HappensBefore::kNone &&
        static_cast<char16_t>(trace_.order_.clock(cut_)[fiber]) <= state.made[fiber])
      return false;
    const std::uint32_t event = next_event(state, fiber);
    if (event == HappensBefore::kNone && !is_stuck(fiber)) return false;
    return std::ranges::all_of(next_accesses(state, fiber), [&](const sim::Access& access) {
      const Gate* gate = gate_of(access);
      return gate == nullptr || is_open(state, *gate, event);
    });
  }

  bool is_open(const State& state, const Gate& gate, std::uint32_t event) const {
    if (sim::is_enabling(gate.object)) {
      return std::ranges::all_of(gate.openings, [&](std::uint32_t opening) {
        return opening > event || is_made(state, opening);
      });
    }
    const auto made = [&](std::uint32_t e) { return is_made(state, e); };
    return std::ranges::count_if(gate.takings, made) == std::ranges::count_if(gate.openings, made);
  }

  // Does the access wait for something, from within a section? The turn that symmetry gives to a
  // fiber is nothing to wait for: without it, the fiber could go on.
  static bool waits(const sim::Access& access) {
    return sim::acquires(access.mode) ||
           (is_wake(access.object) && access.mode == sim::AccessMode::kRead);
  }

  const Gate* gate_of(const sim::Access& access) const {
    if (!waits(access)) return nullptr;
    const auto gate = std::ranges::find(gates_, access.object, &Gate::object);
    return gate == gates_.end() ? nullptr : &*gate;
  }

  void find_gates(std::size_t fiber) {
    const auto& events = trace_.events_of_[fiber];
    for (std::size_t i = 0; i < events.size(); ++i) {
      if (!trace_.goes_on_[events[i]]) continue;
      State state{Counts(trace_.fibers_, '\0'), fiber};
      state.made[fiber] = static_cast<char16_t>(i + 1);
      for (const sim::Access& access : next_accesses(state, fiber)) {
        if (waits(access) && gate_of(access) == nullptr) gates_.push_back({access.object, {}, {}});
      }
    }
  }

  void add_to_gates(std::uint32_t event) {
    for (const sim::Access& access : trace_.footprints_.accesses(transition(event).footprint)) {
      const auto gate = std::ranges::find(gates_, access.object, &Gate::object);
      if (gate == gates_.end()) continue;
      const bool is_lock = !sim::is_enabling(access.object);
      const bool takes = sim::acquires(access.mode) || access.mode == sim::AccessMode::kWrite;
      if (is_lock && takes) gate->takings.push_back(event);
      if (is_lock ? sim::releases(access.mode) : access.mode != sim::AccessMode::kRead)
        gate->openings.push_back(event);
    }
  }

  bool opens(std::uint32_t event) const {
    return std::ranges::any_of(gates_, [event](const Gate& gate) {
      return std::ranges::binary_search(gate.openings, event);
    });
  }

  const TracePreemptions& trace_;
  std::span<const StuckFiber> stuck_;
  std::uint32_t cut_;  // the event to get to; kNone: all of them
  std::vector<Gate> gates_;
  std::vector<State> now_, later_;  // to be looked at, with as many preemptions, with one more
  std::unordered_set<Counts> seen_;
};

void TracePreemptions::push(const Transition& step, bool goes_on) {
  events_of_[sim::index_of(step.fiber)].push_back(static_cast<std::uint32_t>(size()));
  order_.push(step);
  goes_on_.push_back(goes_on);
}

void TracePreemptions::resize(std::size_t size) {
  while (order_.size() > size) events_of_[sim::index_of(order_.pop().step.fiber)].pop_back();
  goes_on_.resize(size);
}

bool TracePreemptions::within(std::uint32_t bound, std::span<const StuckFiber> stuck) {
  return Search(*this, stuck).within(bound);
}

bool TracePreemptions::within_before_cut(std::uint32_t bound) {
  const auto last = static_cast<std::uint32_t>(size());
  return last > 0 && order_[last - 1].step.is_cut && Search(*this, {}, last - 1).within(bound);
}

void TracePreemptions::save_or_load(Archive& archive) { archive(order_, goes_on_, events_of_); }

}  // namespace simcheck::model
