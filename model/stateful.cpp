// Depth-first search that goes on from every state once (stateful search with hash compaction,
// after Wolper, Leroy, "Reliable Hashing without Collision Detection", CAV 1993; here 128 bits a
// state).
//
// Guarantee: every final state and every deadlock is reached; each is judged as it was first
// reached, and any other execution to the same state would be judged the same
// (sim/state_hasher.hpp says why); both up to the odds of a hash collision, which are reported. No
// state is met at two depths, so nothing is lost where the limit of steps ends an execution.
//
// The one reduction by order: a transition with an empty footprint is the only choice that is made
// in its state. No other can disable it, change it or notice it, so it can be moved to the front of
// every execution from there; and as no execution comes back to a state, none is put off for ever.
// Which transition has such a footprint is known once it ran, so where one was last time is tried
// first. Anything beyond is dpor's, and kept apart: a race reversed in the future of a state
// matters to everyone who reaches it, also to the second, who would be sent away.
#include "model/stateful.hpp"

#include <array>
#include <vector>

#include "model/archive.hpp"
#include "model/hash_set.hpp"
#include "model/tree_share.hpp"

namespace simcheck::model {
namespace {

class Stateful final : public Strategy {
 public:
  Stateful(Explorer& explorer, std::uint64_t states_max)
      : explorer_(explorer), states_(states_max) {}

  std::optional<Prefix> next_execution() override {
    if (full_) return std::nullopt;
    if (!started_) {
      started_ = true;
      return Prefix{};
    }
    while (!untried_.empty() && untried_.back() == 0) untried_.pop_back();
    choices_.resize(untried_.size());
    if (untried_.empty()) return std::nullopt;
    path_.resize(untried_.size() - 1);
    made_ = {};
    for (const sim::FiberId fiber : path_) ++made_[sim::index_of(fiber)];
    return Prefix{.choices = path_, .comes_back = sim::has_several(untried_.back())};
  }

  Choice choose(sim::FiberSet enabled) override {
    if (path_.size() == untried_.size()) {
      if (!is_new_state()) return std::nullopt;
      untried_.push_back(enabled);
      choices_.push_back(enabled);
    }
    const sim::FiberId chosen = best_of(untried_.back());
    untried_.back() &= ~sim::bit_of(chosen);
    path_.push_back(chosen);
    return chosen;
  }

  void executed(const Transition& transition) override {
    const bool is_private = transition.footprint == kEmptyFootprint;
    if (is_private) {
      untried_.back() = 0;
      choices_.back() = sim::bit_of(transition.fiber);
    }
    remember(transition.fiber, is_private);
    ++made_[sim::index_of(transition.fiber)];
  }

  void reached_end(std::span<const StuckFiber>) override { is_new_state(); }

  bool reduces() const override { return true; }

  std::optional<Visited> visited() override {
    return Visited{.states = states_.size(), .revisits = revisits_, .full = full_};
  }

  void save_or_load(Archive& archive) override {
    archive(states_, revisits_, full_, started_, path_, choices_, untried_);
    archive(made_, was_private_);
  }
  double share() const override { return share_of(choices_, untried_); }
  std::size_t growth() const override { return states_.growth(kStatesSoon); }

 private:
  bool is_new_state() {
    switch (states_.insert(explorer_.world().state_hash())) {
      case HashSet::Insertion::kNew:
        return true;
      case HashSet::Insertion::kKnown:
        ++revisits_;
        return false;
      case HashSet::Insertion::kFull:
        break;
    }
    full_ = true;
    return false;
  }

  // One whose next transition was private when it was last made, else the lowest.
  sim::FiberId best_of(sim::FiberSet fibers) const {
    for (sim::FiberSet rest = fibers; rest != 0; rest &= rest - 1) {
      const std::uint32_t fiber = sim::index_of(sim::first_of(rest));
      const std::vector<bool>& known = was_private_[fiber];
      if (made_[fiber] < known.size() && known[made_[fiber]]) return sim::first_of(rest);
    }
    return sim::first_of(fibers);
  }

  void remember(sim::FiberId fiber, bool is_private) {
    std::vector<bool>& known = was_private_[sim::index_of(fiber)];
    const std::uint32_t number = made_[sim::index_of(fiber)];
    if (known.size() <= number) known.resize(number + 1);
    known[number] = is_private;
  }

  static constexpr std::size_t kStatesSoon = 1 << 16;

  Explorer& explorer_;
  HashSet states_;
  std::uint64_t revisits_ = 0;
  bool full_ = false;
  bool started_ = false;
  Schedule path_;                                      // the current execution's choices
  std::vector<sim::FiberSet> choices_;                 // at each of them: what was enabled
  std::vector<sim::FiberSet> untried_;                 // at each of them: what else is to be tried
  std::array<std::uint32_t, sim::kFibersMax> made_{};  // transitions on the path, by fiber
  std::array<std::vector<bool>, sim::kFibersMax> was_private_;  // by fiber and number
};

}  // namespace

std::unique_ptr<Strategy> make_stateful(Explorer& explorer, std::uint64_t states_max) {
  return std::make_unique<Stateful>(explorer, states_max);
}

}  // namespace simcheck::model
