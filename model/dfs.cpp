// Depth-first search over every choice, without reduction: the oracle.
//
// Guarantee: every sequence of transitions is executed exactly once, in lexicographic order of
// fiber numbers.
#include <bit>
#include <vector>

#include "model/archive.hpp"
#include "model/strategy.hpp"
#include "model/tree_share.hpp"

namespace simcheck::model {
namespace {

class Dfs final : public Strategy {
 public:
  std::optional<Prefix> next_execution() override {
    if (!started_) {
      started_ = true;
      return Prefix{};
    }
    // Back to the deepest choice that has an alternative left; choose() takes it.
    while (!untried_.empty() && untried_.back() == 0) untried_.pop_back();
    choices_.resize(untried_.size());
    if (untried_.empty()) return std::nullopt;
    path_.resize(untried_.size() - 1);
    return Prefix{.choices = path_, .comes_back = sim::has_several(untried_.back())};
  }

  Choice choose(sim::FiberSet enabled) override {
    if (path_.size() == untried_.size()) {
      untried_.push_back(enabled);
      choices_.push_back(enabled);
    }
    path_.push_back(take_first(untried_.back()));
    return path_.back();
  }

  void executed(const Transition&) override {}

  void save_or_load(Archive& archive) override { archive(started_, path_, choices_, untried_); }
  double share() const override { return share_of(choices_, untried_); }

 private:
  static sim::FiberId take_first(sim::FiberSet& fibers) {
    const auto first = static_cast<std::uint32_t>(std::countr_zero(fibers));
    fibers &= fibers - 1;
    return sim::FiberId{first};
  }

  Schedule path_;                       // the current execution's choices
  std::vector<sim::FiberSet> choices_;  // at each of them: what was enabled
  std::vector<sim::FiberSet> untried_;  // at each of them: what else was enabled and not yet tried
  bool started_ = false;
};

}  // namespace

std::unique_ptr<Strategy> make_dfs() { return std::make_unique<Dfs>(); }

}  // namespace simcheck::model
