// Depth-first search over the schedules within a bound: what would go beyond it is taken out of
// what is enabled.
//
// Source: Musuvathi, Qadeer, "Iterative Context Bounding for Systematic Testing of Multithreaded
// Programs", PLDI 2007; and for delays, see schedule_cost.hpp.
//
// Guarantee: every schedule within the bound exactly once. A trace has as many preemptions as its
// best linearization, and that is one of these schedules.
#include "model/archive.hpp"
#include "model/bounded.hpp"
#include "model/schedule_cost.hpp"

namespace simcheck::model {
namespace {

class BoundedDfs final : public Strategy {
 public:
  BoundedDfs(Explorer& explorer, ScheduleBound bound)
      : bound_(bound), dfs_(make_dfs()), cost_(explorer, bound.of) {}

  std::optional<Prefix> next_execution() override {
    const auto prefix = dfs_->next_execution();
    if (prefix) cost_.resize(prefix->choices.size());
    return prefix;
  }

  Choice choose(sim::FiberSet enabled) override {
    sim::FiberSet allowed = enabled;
    for (sim::FiberSet rest = enabled; rest != 0; rest &= rest - 1) {
      const sim::FiberId fiber = sim::first_of(rest);
      if (cost_.used() + cost_.of(fiber, enabled) > bound_.limit) allowed &= ~sim::bit_of(fiber);
    }
    if (allowed != enabled) was_cut_ = true;
    // Who ran last cannot go on before its turn, and to leave it is a preemption.
    if (allowed == 0) return std::nullopt;
    const auto fiber = dfs_->choose(allowed);
    cost_.chosen(*fiber, enabled);
    return fiber;
  }

  void executed(const Transition& step) override {
    cost_.executed(step);
    dfs_->executed(step);
  }

  bool was_cut() const override { return was_cut_; }

  void save_or_load(Archive& archive) override {
    dfs_->save_or_load(archive);
    archive(cost_, was_cut_);
  }
  double share() const override { return dfs_->share(); }

 private:
  ScheduleBound bound_;
  std::unique_ptr<Strategy> dfs_;
  ScheduleCost cost_;
  bool was_cut_ = false;
};

}  // namespace

std::unique_ptr<Strategy> make_bounded_dfs(Explorer& explorer, ScheduleBound bound) {
  return std::make_unique<BoundedDfs>(explorer, bound);
}

}  // namespace simcheck::model
