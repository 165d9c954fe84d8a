// One bounded exploration after the other, each anew and with a bound that is higher by one: the
// first violation is then one of those that need the least.
#include <utility>

#include "model/archive.hpp"
#include "model/bounded.hpp"

namespace simcheck::model {
namespace {

class RisingBound final : public Strategy {
 public:
  using Make = std::function<std::unique_ptr<Strategy>(std::uint32_t)>;

  RisingBound(std::uint32_t bound_max, Make make)
      : bound_max_(bound_max), make_(std::move(make)), strategy_(make_(0)) {}

  std::optional<Prefix> next_execution() override {
    if (const auto prefix = strategy_->next_execution()) return prefix;
    if (!strategy_->was_cut() || bound_ == bound_max_) return std::nullopt;
    strategy_ = make_(++bound_);
    auto prefix = strategy_->next_execution();
    if (prefix) prefix->starts_over = true;
    return prefix;
  }

  Choice choose(sim::FiberSet enabled) override { return strategy_->choose(enabled); }
  void executed(const Transition& transition) override { strategy_->executed(transition); }
  void reached_end(std::span<const StuckFiber> stuck) override { strategy_->reached_end(stuck); }
  bool reduces() const override { return strategy_->reduces(); }
  bool counts() override { return strategy_->counts(); }
  bool counts_cut_alone() const override { return strategy_->counts_cut_alone(); }
  bool was_cut() const override { return strategy_->was_cut(); }

  void save_or_load(Archive& archive) override {
    archive(bound_);
    if (archive.loads()) strategy_ = make_(bound_);
    strategy_->save_or_load(archive);
  }
  double share() const override { return strategy_->share(); }

 private:
  std::uint32_t bound_max_;
  Make make_;
  std::uint32_t bound_ = 0;
  std::unique_ptr<Strategy> strategy_;
};

}  // namespace

std::unique_ptr<Strategy> make_rising(
    std::uint32_t bound_max, std::function<std::unique_ptr<Strategy>(std::uint32_t)> make) {
  return std::make_unique<RisingBound>(bound_max, std::move(make));
}

std::unique_ptr<Strategy> make_bounded(Explorer& explorer, ScheduleBound bound, bool with_dfs) {
  return make_rising(bound.limit, [&explorer, of = bound.of, with_dfs](std::uint32_t limit) {
    const std::uint32_t slack = preemption_slack(explorer.world().thread_count());
    return with_dfs ? make_bounded_dfs(explorer, {of, limit})
                    : make_bounded_dpor(explorer, limit, slack);
  });
}

}  // namespace simcheck::model
