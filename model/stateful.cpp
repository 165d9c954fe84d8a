// Depth-first search that goes on from every state once (stateful search with hash compaction,
// after Wolper, Leroy, "Reliable Hashing without Collision Detection", CAV 1993; here 128 bits a
// state).
//
// Guarantee: every reachable state is reached, so every final state and every deadlock; each is
// judged as it was first reached, and any other execution to the same state would be judged the
// same (sim/state_hasher.hpp says why); both up to the odds of a hash collision, which are
// reported. No state is met at two depths, so nothing is lost where the limit of steps ends an
// execution.
//
// It is dfs with a memory: the first choice after a prefix is one that was offered before; each
// later one is made in a state that is either new or leads to nothing new. Kept apart from dpor: a
// race reversed in a state's future matters to whoever reaches it, also to the second.
#include "model/stateful.hpp"

#include "model/hash_set.hpp"

namespace simcheck::model {
namespace {

class Stateful final : public Strategy {
 public:
  Stateful(Explorer& explorer, std::uint64_t states_max)
      : explorer_(explorer), states_(states_max) {}

  std::optional<Prefix> next_execution() override {
    if (full_) return std::nullopt;
    const auto prefix = dfs_->next_execution();
    is_known_choice_ = started_;
    started_ = true;
    return prefix;
  }

  std::optional<sim::FiberId> choose(sim::FiberSet enabled) override {
    if (!is_known_choice_ && !is_new_state()) return std::nullopt;
    is_known_choice_ = false;
    return dfs_->choose(enabled);
  }

  void executed(const Transition&) override {}
  void reached_end(std::span<const StuckFiber>) override { is_new_state(); }

  std::optional<Visited> visited() override {
    return Visited{.states = states_.size(), .revisits = revisits_, .full = full_};
  }

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

  Explorer& explorer_;
  std::unique_ptr<Strategy> dfs_ = make_dfs();
  HashSet states_;
  std::uint64_t revisits_ = 0;
  bool full_ = false;
  bool started_ = false;
  bool is_known_choice_ = false;  // the next one: its state has been visited, this choice not yet
};

}  // namespace

std::unique_ptr<Strategy> make_stateful(Explorer& explorer, std::uint64_t states_max) {
  return std::make_unique<Stateful>(explorer, states_max);
}

}  // namespace simcheck::model
