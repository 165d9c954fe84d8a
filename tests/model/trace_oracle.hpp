// The oracle for partial-order reduction: Mazurkiewicz traces computed from single executions by
// definition, without any of the machinery under test but the footprints.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "model/explorer.hpp"
#include "model/strategy.hpp"

namespace simcheck::test {

/// Passes everything on to a strategy and keeps the transitions of the current execution.
class Eavesdropper final : public model::Strategy {
 public:
  explicit Eavesdropper(std::unique_ptr<model::Strategy> strategy)
      : strategy_(std::move(strategy)) {}

  std::optional<model::Prefix> next_execution() override {
    const auto prefix = strategy_->next_execution();
    started_over_ = prefix && prefix->starts_over;
    if (prefix) steps_.resize(prefix->choices.size());
    return prefix;
  }
  model::Choice choose(sim::FiberSet enabled) override { return strategy_->choose(enabled); }
  void executed(const model::Transition& step) override {
    steps_.push_back(step);
    strategy_->executed(step);
  }
  void reached_end(std::span<const model::StuckFiber> stuck) override {
    strategy_->reached_end(stuck);
  }
  const model::HappensBefore* order() const override { return strategy_->order(); }
  void start_over() override { strategy_->start_over(); }
  bool counts() override { return strategy_->counts(); }
  bool counts_cut_alone() const override { return strategy_->counts_cut_alone(); }
  bool was_cut() const override { return strategy_->was_cut(); }
  const std::vector<model::Transition>& steps() const { return steps_; }
  /// Did the exploration begin anew with the current execution?
  bool started_over() const { return started_over_; }

 private:
  std::unique_ptr<model::Strategy> strategy_;
  std::vector<model::Transition> steps_;
  bool started_over_ = false;
};

/// The least linearization of the execution's trace: at each point the lowest fiber whose next step
/// depends on no step that is still to come. Two executions are equivalent if and only if these are
/// equal.
std::vector<std::uint64_t> canonical(const std::vector<model::Transition>& steps,
                                     const model::FootprintTable& footprints);

}  // namespace simcheck::test
