// Optimal dynamic partial-order reduction.
//
// Source: Abdulla, Aronis, Jonsson, Sagonas, "Source Sets: A Foundation for Optimal Dynamic Partial
// Order Reduction", J. ACM 64(4), 2017, algorithm 2: sleep sets and wakeup trees. A race (e, e') of
// an execution E is reversed by exploring, from the node before e, what does not happen after e,
// and then e'.
//
// Deviations. Races are detected when e' is executed, and what does not happen after e is taken
// from the events before e', not from the whole maximal execution: each race is looked at once, not
// once per execution that contains it. The tests compare the result with dfs on random programs.
// Enabling (a wake-up, a latch) orders events but is no race. A fiber whose thread is stopped at
// the end of an execution is taken to race with the transition that stopped it.
#include <algorithm>
#include <bit>
#include <vector>

#include "model/strategy.hpp"
#include "model/wakeup_tree.hpp"
#include "sim/assert.hpp"

namespace simcheck::model {
namespace {

class Dpor final : public Strategy {
 public:
  Dpor(const FootprintTable& footprints, std::size_t fibers)
      : footprints_(footprints), forest_(footprints), fibers_(fibers), last_(fibers, kNone) {
    add_node();
  }

  std::optional<std::span<const sim::FiberId>> next_execution() override {
    if (!started_) {
      started_ = true;
      return std::span<const sim::FiberId>{};
    }
    while (!events_.empty()) {
      pop_event();
      if (nodes_[events_.size()].tree != kNoBranch) return path_;
    }
    return std::nullopt;
  }

  std::optional<sim::FiberId> choose(sim::FiberSet enabled) override {
    Node& node = nodes_[events_.size()];
    if (node.tree == kNoBranch) {
      const sim::FiberSet awake = enabled & ~node.sleeping;
      if (awake == 0) return std::nullopt;
      node.tree = forest_.singleton({preferred(awake), kUnknownFootprint});
    }
    const sim::FiberId fiber = forest_.fiber(node.tree);
    SIMCHECK_ASSERT((enabled & sim::bit_of(fiber)) != 0, "a wakeup sequence can be executed");
    return fiber;
  }

  void executed(const Transition& transition) override {
    const std::size_t depth = events_.size();
    forest_.set_footprint(nodes_[depth].tree, transition.footprint);
    push_event(transition);
    add_node();
    nodes_[depth + 1].tree = forest_.take_children(nodes_[depth].tree);
    inherit_sleep(depth, transition);
    order_and_reverse(depth);
  }

  void reached_end(sim::FiberSet stopped, FootprintId thread) override {
    for (; stopped != 0; stopped &= stopped - 1) {
      const auto fiber = static_cast<std::uint32_t>(std::countr_zero(stopped));
      reverse_stop(sim::FiberId{fiber}, thread);
    }
  }

 private:
  using Count = std::uint16_t;
  static constexpr std::uint32_t kNone = UINT32_MAX;

  struct Event {
    Transition step;
    Count number;          // of its fiber's events, from 1
    std::uint32_t before;  // its fiber's previous event, or kNone
  };
  // The state before event i: what sleeps there, and what is still to be explored from it. The
  // tree's first branch is the one being explored.
  struct Node {
    BranchId tree = kNoBranch;
    sim::FiberSet sleeping = 0;
  };

  // The fiber that ran last, if possible: executions with few context switches come first.
  sim::FiberId preferred(sim::FiberSet awake) const {
    if (!path_.empty() && (awake & sim::bit_of(path_.back())) != 0) return path_.back();
    return sim::FiberId{static_cast<std::uint32_t>(std::countr_zero(awake))};
  }

  void add_node() {
    const std::size_t depth = events_.size();
    if (nodes_.size() <= depth) {
      nodes_.resize(depth + 1);
      sleep_footprints_.resize((depth + 1) * fibers_);
      clocks_.resize((depth + 1) * fibers_);
    }
    nodes_[depth] = {};
  }

  void push_event(const Transition& step) {
    std::uint32_t& last = last_[sim::index_of(step.fiber)];
    const Count number = last == kNone ? 1 : static_cast<Count>(events_[last].number + 1);
    events_.push_back({step, number, last});
    path_.push_back(step.fiber);
    last = static_cast<std::uint32_t>(events_.size() - 1);
  }

  // The branch of the last event is explored: from now on it sleeps there.
  void pop_event() {
    const Event event = events_.back();
    events_.pop_back();
    path_.pop_back();
    last_[sim::index_of(event.step.fiber)] = event.before;
    Node& node = nodes_[events_.size()];
    node.sleeping |= sim::bit_of(event.step.fiber);
    sleep_footprint(events_.size(), event.step.fiber) = event.step.footprint;
    node.tree = forest_.drop_first(node.tree);
  }

  void inherit_sleep(std::size_t depth, const Transition& step) {
    for (sim::FiberSet s = nodes_[depth].sleeping; s != 0; s &= s - 1) {
      const sim::FiberId sleeper{static_cast<std::uint32_t>(std::countr_zero(s))};
      const FootprintId footprint = sleep_footprint(depth, sleeper);
      if (!footprints_.independent(footprint, step.footprint)) continue;
      nodes_[depth + 1].sleeping |= sim::bit_of(sleeper);
      sleep_footprint(depth + 1, sleeper) = footprint;
    }
  }

  // Computes the vector clock of event i, and reverses each race in which it is the later one.
  void order_and_reverse(std::size_t i) {
    const Event& event = events_[i];
    Count* const clock = clock_of(i);
    start_clock(clock, event.before);
    for (std::size_t j = i; j-- > 0;) {
      if (happens_before(j, clock)) continue;
      if (footprints_.independent(events_[j].step.footprint, event.step.footprint)) continue;
      if (!footprints_.ordered_by_enabling(events_[j].step.footprint, event.step.footprint)) {
        reverse(j, i, event.step);
      }
      join(clock, j);
    }
    clock[sim::index_of(event.step.fiber)] = event.number;
  }

  // The fiber cannot run since the last event that wrote `thread`; it might have run before that.
  void reverse_stop(sim::FiberId fiber, FootprintId thread) {
    stop_clock_.resize(fibers_);
    start_clock(stop_clock_.data(), last_[sim::index_of(fiber)]);
    for (std::size_t j = events_.size(); j-- > 0;) {
      if (happens_before(j, stop_clock_.data())) continue;
      if (footprints_.independent(events_[j].step.footprint, thread)) continue;
      reverse(j, events_.size(), {fiber, kUnknownFootprint});
      join(stop_clock_.data(), j);
    }
  }

  // From the node before event j: what lies before i and does not happen after j, then `later`.
  void reverse(std::size_t j, std::size_t i, const Transition& later) {
    sequence_.clear();
    for (std::size_t k = j + 1; k < i; ++k) {
      if (!happens_before(j, clock_of(k))) sequence_.push_back(events_[k].step);
    }
    sequence_.push_back(later);
    for (sim::FiberSet s = nodes_[j].sleeping; s != 0; s &= s - 1) {
      const sim::FiberId sleeper{static_cast<std::uint32_t>(std::countr_zero(s))};
      std::size_t at = 0;
      if (is_weak_initial(footprints_, {sleeper, sleep_footprint(j, sleeper)}, sequence_, at)) {
        return;  // explored already, from the branch of the sleeper
      }
    }
    forest_.insert(nodes_[j].tree, sequence_);
  }

  void start_clock(Count* clock, std::uint32_t before) const {
    if (before == kNone) {
      std::fill_n(clock, fibers_, Count{0});
    } else {
      std::copy_n(clock_of(before), fibers_, clock);
    }
  }
  void join(Count* clock, std::size_t event) const {
    const Count* const other = clock_of(event);
    for (std::size_t f = 0; f < fibers_; ++f) clock[f] = std::max(clock[f], other[f]);
  }
  bool happens_before(std::size_t event, const Count* clock) const {
    const Event& e = events_[event];
    return clock[sim::index_of(e.step.fiber)] >= e.number;
  }
  Count* clock_of(std::size_t event) { return clocks_.data() + event * fibers_; }
  const Count* clock_of(std::size_t event) const { return clocks_.data() + event * fibers_; }
  FootprintId& sleep_footprint(std::size_t depth, sim::FiberId fiber) {
    return sleep_footprints_[depth * fibers_ + sim::index_of(fiber)];
  }

  const FootprintTable& footprints_;
  WakeupForest forest_;
  std::size_t fibers_;
  bool started_ = false;

  std::vector<Event> events_;                  // the current execution
  Schedule path_;                              // its choices
  std::vector<std::uint32_t> last_;            // each fiber's last event
  std::vector<Node> nodes_;                    // [i]: the state before event i
  std::vector<FootprintId> sleep_footprints_;  // [i * fibers + f]: of sleeper f in node i
  std::vector<Count> clocks_;                  // [i * fibers ...]: the vector clock of event i
  std::vector<Count> stop_clock_;
  std::vector<Transition> sequence_;
};

}  // namespace

std::unique_ptr<Strategy> make_dpor(const FootprintTable& footprints, std::size_t fibers) {
  return std::make_unique<Dpor>(footprints, fibers);
}

}  // namespace simcheck::model
