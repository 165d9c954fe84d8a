// Depth-first search over every choice, without reduction: the oracle.
//
// Guarantee: every sequence of transitions is executed exactly once, in lexicographic order of
// fiber numbers.
#include <bit>
#include <vector>

#include "model/strategy.hpp"

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
    if (untried_.empty()) return std::nullopt;
    path_.resize(untried_.size() - 1);
    return Prefix{path_};
  }

  std::optional<sim::FiberId> choose(sim::FiberSet enabled) override {
    if (path_.size() == untried_.size()) untried_.push_back(enabled);
    path_.push_back(take_first(untried_.back()));
    return path_.back();
  }

  void executed(const Transition&) override {}

 private:
  static sim::FiberId take_first(sim::FiberSet& fibers) {
    const auto first = static_cast<std::uint32_t>(std::countr_zero(fibers));
    fibers &= fibers - 1;
    return sim::FiberId{first};
  }

  Schedule path_;                       // the current execution's choices
  std::vector<sim::FiberSet> untried_;  // at each of them: what else was enabled and not yet tried
  bool started_ = false;
};

}  // namespace

std::unique_ptr<Strategy> make_dfs() { return std::make_unique<Dfs>(); }

}  // namespace simcheck::model
