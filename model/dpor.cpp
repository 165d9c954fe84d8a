// Optimal dynamic partial-order reduction.
//
// Source: Abdulla, Aronis, Jonsson, Sagonas, "Source Sets: A Foundation for Optimal Dynamic Partial
// Order Reduction", J. ACM 64(4), 2017, algorithm 2: sleep sets and wakeup trees. A race (e, e') of
// an execution E is reversed by exploring, from the node before e, what does not happen after e,
// and then e'.
//
// Deviations. Enabling (a wake-up, a latch) orders events but is no race. A fiber whose thread is
// stopped at the end of an execution is taken to race with the transition that stopped it.
//
// What a section touches may depend on what it reads, so e' moved before e may have another
// footprint than it had in E, and the algorithm needs the one it will have. As long as the n-th
// transition of a fiber has always had the same footprint, that one is taken. When one is seen
// with a second footprint, the exploration starts over, and from then on that transition's
// footprint is found by running it there (Prober). Effects of disk requests need no such care:
// what they touch was fixed when they were submitted.
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
  Dpor(const FootprintTable& footprints, Prober& prober, std::size_t fibers)
      : footprints_(footprints),
        prober_(prober),
        forest_(footprints),
        fibers_(fibers),
        last_(fibers, kNone),
        usual_footprints_(fibers) {
    add_node();
  }

  std::optional<Prefix> next_execution() override {
    if (!started_) {
      started_ = true;
      return Prefix{};
    }
    if (must_start_over_) return start_over();
    reverse_races();
    while (!events_.empty()) {
      pop_event();
      if (nodes_[events_.size()].tree != kNoBranch) return Prefix{path_};
    }
    return std::nullopt;
  }

  std::optional<sim::FiberId> choose(sim::FiberSet enabled) override {
    Node& node = nodes_[events_.size()];
    drop_sleeping(node);
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
    order(depth);
    if (transition.is_section) compare_with_usual(events_[depth]);
  }

  void reached_end(sim::FiberSet stopped, FootprintId thread) override {
    for (; stopped != 0; stopped &= stopped - 1) {
      const auto fiber = static_cast<std::uint32_t>(std::countr_zero(stopped));
      find_stop_races(sim::FiberId{fiber}, thread);
    }
  }

 private:
  using Count = std::uint16_t;
  static constexpr std::uint32_t kNone = UINT32_MAX;
  static constexpr FootprintId kNotSeen{UINT32_MAX};

  struct Event {
    Transition step;
    Count number;          // of its fiber's events, from 1
    std::uint32_t before;  // its fiber's previous event, or kNone
  };
  // Two events that conflict, with nothing between them that orders them.
  struct Race {
    std::uint32_t first, second;
  };
  // A fiber that could not run in the end, and the event that stopped its thread.
  struct StopRace {
    std::uint32_t first;
    sim::FiberId stopped;
  };
  // What a probe of these choices (hashed) gave.
  struct Answer {
    std::uint64_t question = 0;  // 0: no answer yet
    std::optional<FootprintId> footprint;
  };
  static constexpr std::size_t kAnswers = 1 << 16;
  // The state before event i: what sleeps there, and what is still to be explored from it. The
  // tree's first branch is the one being explored.
  struct Node {
    BranchId tree = kNoBranch;
    sim::FiberSet sleeping = 0;
  };

  // A branch whose fiber turns out to sleep leads to nothing new.
  void drop_sleeping(Node& node) {
    while (node.tree != kNoBranch && (node.sleeping & sim::bit_of(forest_.fiber(node.tree))) != 0) {
      node.tree = forest_.drop_first(node.tree);
    }
  }

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
    masks_.push_back(footprints_.masks(step.footprint));
    path_.push_back(step.fiber);
    last = static_cast<std::uint32_t>(events_.size() - 1);
  }

  // The branch of the last event is explored: from now on it sleeps there.
  void pop_event() {
    const Event event = events_.back();
    events_.pop_back();
    masks_.pop_back();
    while (!races_.empty() && races_.back().second == events_.size()) races_.pop_back();
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

  // Computes the vector clock of event i, and finds the races in which it is the later one.
  void order(std::size_t i) {
    const Event& event = events_[i];
    Count* const clock = clock_of(i);
    start_clock(clock, event.before);
    // An event that touched nothing is ordered by its fiber alone.
    const std::size_t end = event.step.footprint == kEmptyFootprint ? 0 : i;
    const FootprintMasks mine = masks_[i];
    for (std::size_t j = end; j-- > 0;) {
      if (!masks_[j].may_conflict(mine) || happens_before(j, clock)) continue;
      if (footprints_.independent(events_[j].step.footprint, event.step.footprint)) continue;
      if (!footprints_.enables(events_[j].step.footprint, event.step.footprint)) {
        races_.push_back({static_cast<std::uint32_t>(j), static_cast<std::uint32_t>(i)});
      }
      join(clock, j);
    }
    clock[sim::index_of(event.step.fiber)] = event.number;
  }

  // The fiber cannot run since the last event that wrote `thread`; it might have run before that.
  void find_stop_races(sim::FiberId fiber, FootprintId thread) {
    stop_clock_.resize(fibers_);
    start_clock(stop_clock_.data(), last_[sim::index_of(fiber)]);
    for (std::size_t j = events_.size(); j-- > 0;) {
      if (happens_before(j, stop_clock_.data())) continue;
      if (footprints_.independent(events_[j].step.footprint, thread)) continue;
      stop_races_.push_back({static_cast<std::uint32_t>(j), fiber});
      join(stop_clock_.data(), j);
    }
  }

  void reverse_races() {
    for (const Race& race : races_) {
      const Event& later = events_[race.second];
      reverse(race.first, later.step, depends_on_state(later));
    }
    for (const StopRace& race : stop_races_) {
      reverse(race.first, {race.stopped, kUnknownFootprint}, true);
    }
    stop_races_.clear();
  }

  // From the node before event j: all that does not happen after j, then `later`.
  void reverse(std::size_t j, Transition later, bool must_probe) {
    sequence_.clear();
    for (std::size_t k = j + 1; k < events_.size(); ++k) {
      if (!happens_before(j, clock_of(k))) sequence_.push_back(events_[k].step);
    }
    if (must_probe) later.footprint = kUnknownFootprint;
    sequence_.push_back(later);
    if (must_probe) {
      // Often the matter is settled whatever its footprint.
      if (is_explored(j)) return;
      scratch_ = sequence_;
      if (forest_.covers(nodes_[j].tree, scratch_)) return;
      const auto footprint = probe(j);
      if (!footprint) return;
      sequence_.back().footprint = *footprint;
    }
    if (!is_explored(j)) forest_.insert(nodes_[j].tree, sequence_);
  }

  // Is there a sleeper in node j that can begin sequence_, so that its branch covered it already?
  bool is_explored(std::size_t j) const {
    for (sim::FiberSet s = nodes_[j].sleeping; s != 0; s &= s - 1) {
      const sim::FiberId sleeper{static_cast<std::uint32_t>(std::countr_zero(s))};
      std::size_t at = 0;
      const Transition step{sleeper, sleep_footprints_[j * fibers_ + sim::index_of(sleeper)]};
      if (is_weak_initial(footprints_, step, sequence_, at)) return true;
    }
    return false;
  }

  // The footprint of the last step of sequence_ when run from node j; nothing if it cannot run. The
  // same question comes up again and again, so recent answers are kept.
  std::optional<FootprintId> probe(std::size_t j) {
    probed_.assign(path_.begin(), path_.begin() + static_cast<std::ptrdiff_t>(j));
    for (const Transition& step : sequence_) probed_.push_back(step.fiber);
    std::uint64_t hash = 1;
    for (const sim::FiberId fiber : probed_) {
      hash = (hash ^ (sim::index_of(fiber) + 2)) * 0x9e3779b97f4a7c15;
      hash ^= hash >> 29;
    }
    if (answers_.empty()) answers_.resize(kAnswers);
    Answer& answer = answers_[hash % kAnswers];
    if (answer.question != hash) answer = {hash, prober_.probe(probed_)};
    return answer.footprint;
  }

  // Marks an event whose footprint is not the one it had before, and then starts over.
  void compare_with_usual(const Event& event) {
    auto& usual = usual_footprints_[sim::index_of(event.step.fiber)];
    if (usual.size() < event.number) usual.resize(event.number, kNotSeen);
    FootprintId& footprint = usual[event.number - 1U];
    if (footprint == kNotSeen) {
      footprint = event.step.footprint;
    } else if (footprint != kUnknownFootprint && footprint != event.step.footprint) {
      footprint = kUnknownFootprint;
      must_start_over_ = true;
    }
  }

  bool depends_on_state(const Event& event) const {
    return event.step.is_section &&
           usual_footprints_[sim::index_of(event.step.fiber)][event.number - 1U] ==
               kUnknownFootprint;
  }

  std::optional<Prefix> start_over() {
    must_start_over_ = false;
    forest_ = WakeupForest(footprints_);
    events_.clear();
    masks_.clear();
    path_.clear();
    races_.clear();
    stop_races_.clear();
    std::ranges::fill(last_, kNone);
    add_node();
    return Prefix{.choices = {}, .starts_over = true};
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
  Prober& prober_;
  WakeupForest forest_;
  std::size_t fibers_;
  bool started_ = false;

  std::vector<Event> events_;          // the current execution
  std::vector<FootprintMasks> masks_;  // of its events
  Schedule path_;                      // its choices
  std::vector<Race> races_;            // of the current execution, by their second event
  std::vector<StopRace> stop_races_;
  std::vector<std::uint32_t> last_;            // each fiber's last event
  std::vector<Node> nodes_;                    // [i]: the state before event i
  std::vector<FootprintId> sleep_footprints_;  // [i * fibers + f]: of sleeper f in node i
  std::vector<Count> clocks_;                  // [i * fibers ...]: the vector clock of event i
  std::vector<Count> stop_clock_;
  std::vector<Transition> scratch_;
  std::vector<Transition> sequence_;  // the reversed race under consideration
  Schedule probed_;
  std::vector<Answer> answers_;  // by hash; a newer answer replaces an older one

  // [f][n - 1]: the footprint that event n of fiber f has always had; kUnknownFootprint if it has
  // had several. Survives starting over.
  std::vector<std::vector<FootprintId>> usual_footprints_;
  bool must_start_over_ = false;
};

}  // namespace

std::unique_ptr<Strategy> make_dpor(const FootprintTable& footprints, Prober& prober,
                                    std::size_t fibers) {
  return std::make_unique<Dpor>(footprints, prober, fibers);
}

}  // namespace simcheck::model
