// Passes everything on to a sampling strategy, and counts the traces of its executions.
#pragma once

#include <memory>
#include <utility>

#include "model/strategy.hpp"
#include "model/trace_hash.hpp"
#include "model/trace_set.hpp"

namespace simcheck::model {

class TraceCounter final : public Strategy {
 public:
  /// `footprints` must outlive this. Every prefix of `strategy` must be empty. Traces in `seen`
  /// count; those with another `salt` are others.
  TraceCounter(std::unique_ptr<Strategy> strategy, const FootprintTable& footprints,
               std::size_t fibers, std::shared_ptr<TraceSet> seen, const TraceHash& salt = {})
      : strategy_(std::move(strategy)),
        hasher_(footprints, fibers),
        seen_(std::move(seen)),
        salt_(salt) {}

  std::optional<Prefix> next_execution() override;
  Choice choose(sim::FiberSet enabled) override { return strategy_->choose(enabled); }
  void executed(const Transition& transition) override;
  void reached_end(std::span<const StuckFiber> stuck) override { strategy_->reached_end(stuck); }
  std::optional<Sampled> sampled() override;
  void save_or_load(Archive& archive) override;
  double share() const override { return strategy_->share(); }
  std::size_t growth() const override { return seen_->growth(kTracesSoon); }

 private:
  static constexpr std::size_t kTracesSoon = 1 << 12;

  void count();

  std::unique_ptr<Strategy> strategy_;
  TraceHasher hasher_;
  std::shared_ptr<TraceSet> seen_;
  TraceHash salt_;
  bool has_execution_ = false;  // that is not counted yet
};

}  // namespace simcheck::model
