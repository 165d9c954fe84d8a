// Explores random programs of several threads and counts preemptions by their definition: on each
// execution as it was run, the least of those of a trace being the trace's.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

#include "model/bounded.hpp"
#include "model/explorer.hpp"
#include "tests/model/random_program.hpp"
#include "tests/model/trace_oracle.hpp"

namespace simcheck::test {

/// Passes everything on, and counts the switches away from fibers that could go on.
class SwitchCounter final : public model::Strategy {
 public:
  SwitchCounter(model::Explorer& explorer, std::unique_ptr<model::Strategy> strategy)
      : explorer_(explorer), strategy_(std::move(strategy)) {}

  std::optional<model::Prefix> next_execution() override {
    const auto prefix = strategy_->next_execution();
    if (prefix) moments_.resize(prefix->choices.size() + 1);
    return prefix;
  }
  model::Choice choose(sim::FiberSet enabled) override {
    const auto fiber = strategy_->choose(enabled);
    if (!fiber) return fiber;
    const sim::World& world = explorer_.world();
    Moment next = moments_.back();
    if (!sim::contains(world.in_flight(), *fiber)) {
      const bool could_go_on = (next.last & enabled & world.in_section()) != 0;
      if (could_go_on && next.last != sim::bit_of(*fiber)) ++next.preemptions;
      next.last = sim::bit_of(*fiber);
    }
    moments_.push_back(next);
    return fiber;
  }
  void executed(const model::Transition& step) override { strategy_->executed(step); }
  void reached_end(std::span<const model::StuckFiber> stuck) override {
    strategy_->reached_end(stuck);
  }
  bool counts() override { return strategy_->counts(); }
  bool counts_cut_alone() const override { return strategy_->counts_cut_alone(); }
  bool was_cut() const override { return strategy_->was_cut(); }

  std::uint32_t preemptions() const { return moments_.back().preemptions; }

 private:
  struct Moment {
    std::uint32_t preemptions = 0;
    sim::FiberSet last = 0;
  };
  model::Explorer& explorer_;
  std::unique_ptr<model::Strategy> strategy_;
  std::vector<Moment> moments_{Moment{}};
};

/// A trace without the numbers of an explorer: each step's fiber, and what it touched.
using PlainTrace = std::vector<std::uint64_t>;

inline PlainTrace plain(const std::vector<std::uint64_t>& trace,
                        const model::FootprintTable& footprints) {
  PlainTrace result;
  for (const std::uint64_t step : trace) {
    const auto touched = footprints.accesses(model::FootprintId{static_cast<std::uint32_t>(step)});
    std::vector<sim::Access> accesses(touched.begin(), touched.end());
    std::ranges::sort(accesses, {}, [](const sim::Access& a) {
      return std::tuple(a.object, a.mode, a.begin, a.end);
    });
    result.push_back(step >> 32);
    result.push_back(model::hash_of(accesses));
  }
  return result;
}

struct BoundedExploration {
  std::map<PlainTrace, std::uint32_t> traces;  // and the preemptions of its best execution here
  model::Counts counts;
  bool was_cut = false;    // by the strategy's bound
  bool too_large = false;  // more executions than were asked for
};

using Make = std::function<std::unique_ptr<model::Strategy>(model::Explorer&)>;

inline BoundedExploration explore_threads(const Program& program, std::uint32_t threads,
                                          const Make& make, std::uint64_t executions_max) {
  model::Explorer explorer(
      [&](sim::World& world) { world.make<ProgramState>(world, program, threads); }, {},
      {.steps_max = 1000});
  auto counter = std::make_unique<SwitchCounter>(explorer, make(explorer));
  const SwitchCounter& switches = *counter;
  Eavesdropper strategy(std::move(counter));
  BoundedExploration result;
  while (const auto outcome = explorer.run_next(strategy)) {
    if (strategy.started_over()) result.traces.clear();
    if (explorer.counts().executions + explorer.counts().blocked > executions_max) {
      result.too_large = true;
      break;
    }
    if (*outcome == model::Explorer::Outcome::kBlocked) continue;
    const auto trace =
        plain(canonical(strategy.steps(), explorer.footprints()), explorer.footprints());
    const auto [place, is_new] = result.traces.try_emplace(trace, switches.preemptions());
    if (!is_new) place->second = std::min(place->second, switches.preemptions());
  }
  result.counts = explorer.counts();
  result.was_cut = strategy.was_cut();
  return result;
}

}  // namespace simcheck::test
