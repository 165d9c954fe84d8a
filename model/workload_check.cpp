#include "model/workload_check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <utility>

#include "model/archive_types.hpp"
#include "model/bounded.hpp"
#include "model/counterexample.hpp"
#include "model/fault_plan.hpp"
#include "model/replay.hpp"
#include "model/sampling_run.hpp"
#include "model/stateful.hpp"

namespace simcheck::model {
namespace {

std::unique_ptr<Strategy> make_strategy(const CheckOptions& options, const Workload& workload,
                                        const PlanTask* plan, Explorer& explorer) {
  if (is_sampling(options.strategy)) return make_sampling(options, workload, plan, explorer);
  if (options.bound.of != ScheduleBound::Of::kNothing)
    return make_bounded(explorer, options.bound, options.strategy == StrategyKind::kDfs);
  switch (options.strategy) {
    case StrategyKind::kDfs:
      return make_dfs();
    case StrategyKind::kReplay:
      return make_replay(explorer.world(), schedule_of(options.schedule));
    case StrategyKind::kStateful:
      return make_stateful(explorer, options.limits.states_max);
    default:
      break;
  }
  return make_dpor(explorer.footprints(), explorer, explorer.fiber_count());
}

class WorkloadCheck final : public Pause {
 public:
  /// `plan` may be null: then it is the one of the options.
  WorkloadCheck(const CheckOptions& options, const Workload& workload, const Part& part,
                const PlanTask* plan = nullptr)
      : options_(options),
        workload_(workload),
        part_(part),
        plan_(plan),
        broken_(options.properties.size()) {}

  WorkloadOutcome run(const MustStop& must_stop, std::string state) {
    ExplorerOptions explorer_options = this->explorer_options();
    explorer_options.must_stop = [&] { return must_stop(*this); };
    Explorer explorer(world_, options_.properties, std::move(explorer_options));
    const auto strategy = make_strategy(options_, workload_, plan_, explorer);
    explorer_ = &explorer;
    strategy_ = strategy.get();
    if (!state.empty()) load(std::move(state));
    try {
      explore(explorer, *strategy, must_stop);
    } catch (const SplitBroken&) {
      outcome_.is_split_broken = true;
    } catch (const JudgingStopped&) {
      outcome_.was_stopped = true;
    } catch (const Divergence& divergence) {
      if (plan_ == nullptr || plan_->plan.empty()) throw;
      throw Divergence(
          fmt::format("with --fault-plan {}: {}", model::to_text(plan_->plan), divergence.what()));
    }
    // Where a part found that stores must be ordered, others may not have.
    if (!part_.empty() && explorer.orderings() > 0) outcome_.is_split_broken = true;
    outcome_.can_be_split = explorer.orderings() == 0;
    outcome_.part.workload = to_text(workload_);
    outcome_.part.counts = explorer.counts();
    outcome_.part.crashes = explorer.crashes();
    outcome_.part.sampled = strategy->sampled();
    outcome_.was_cut = outcome_.exhausted && strategy->was_cut();
    outcome_.part.visited = strategy->visited();
    if (outcome_.part.visited && outcome_.part.visited->full) outcome_.exhausted = false;
    outcome_.exercised = explorer.exercised();
    outcome_.statistics = explorer.statistics();
    outcome_.seconds = seconds();
    if (plan_ == nullptr && !options_.fault_plan.empty()) count_given_plan();
    return std::move(outcome_);
  }

  const Counts& counts() const override { return explorer_->counts(); }
  std::uint64_t images_read() const override { return explorer_->crashes().recoveries; }
  double share() const override { return strategy_->share(); }
  std::size_t growth() const override { return strategy_->growth(); }

  std::string state() override {
    Archive archive;
    outcome_.seconds = seconds();
    save_or_load(archive);
    return archive.take_bytes();
  }

  // The first execution of the part; nothing if there is none that keeps to it.
  std::optional<SampleExecution> sample() {
    auto explorer =
        std::make_shared<Explorer>(world_, properties::PropertyList{}, explorer_options());
    const auto strategy = make_strategy(options_, workload_, plan_, *explorer);
    try {
      explorer->run_next(*strategy);
    } catch (const SplitBroken&) {
      return std::nullopt;
    }
    return SampleExecution{explorer->transitions(), [explorer](FootprintId a, FootprintId b) {
                             const FootprintTable& footprints = explorer->footprints();
                             return footprints.conflict_in_data(a, b) && !footprints.enables(a, b);
                           }};
  }

 private:
  using Clock = std::chrono::steady_clock;

  void load(std::string state) {
    Archive archive(std::move(state));
    save_or_load(archive);
    archive.require_end();
    seconds_before_ = outcome_.seconds;
  }

  void save_or_load(Archive& archive) {
    explorer_->save_or_load(archive, *strategy_);
    archive(outcome_, broken_);
  }

  double seconds() const {
    return seconds_before_ + std::chrono::duration<double>(Clock::now() - start_).count();
  }

  ExplorerOptions explorer_options() const {
    const bool reduces = options_.strategy == StrategyKind::kDpor && is_unbounded(options_.bound);
    return {.steps_max = options_.limits.steps_max,
            .backtracking = options_.backtracking,
            .equivalence = reduces ? equivalence_of(options_) : Equivalence::kTrace,
            .judge_alike_once = options_.judge_alike_once,
            .power_cut = options_.power_cut,
            .part = part_,
            .subject = subject_of(scenario_)};
  }

  void explore(Explorer& explorer, Strategy& strategy, const MustStop& must_stop) {
    while (!(outcome_.was_stopped = must_stop(*this))) {
      const auto outcome = explorer.run_next(strategy);
      outcome_.exhausted = !outcome;
      if (outcome_.exhausted) return;
      if (const auto* faults = explorer.world().faults()) outcome_.faults.add(*faults);
      if (options_.strategy == StrategyKind::kReplay && *outcome == Explorer::Outcome::kHolds)
        outcome_.replayed = describe(options_, scenario_, explorer);
      if (*outcome != Explorer::Outcome::kViolated) continue;
      outcome_.part.violated = true;
      remember(explorer);
      if (!options_.keep_going) return;
    }
  }

  // A schedule and a plan belong together; a search may find that nothing leads to the faults.
  void count_given_plan() {
    outcome_.part.plans.resize(options_.fault_plan.size() + 1);
    outcome_.part.plans.back() = outcome_.faults.all_fired ? 1 : 0;
    if (options_.strategy != StrategyKind::kReplay || outcome_.faults.all_fired) return;
    throw Divergence(fmt::format(
        "the schedule does not lead to all faults of {}: is it for another driver or workload?",
        model::to_text(options_.fault_plan)));
  }

  void remember(const Explorer& explorer) {
    bool news = false;
    std::vector<std::size_t> properties;
    for (const BrokenProperty& broken : explorer.broken()) {
      properties.push_back(broken.property);
      if (!broken_[broken.property]) news = true;
      broken_[broken.property] = true;
    }
    if (news)
      outcome_.found.push_back({describe(options_, scenario_, explorer), std::move(properties)});
  }

  const CheckOptions& options_;
  const Workload& workload_;
  const Part& part_;
  const PlanTask* plan_;
  const BlockScenario scenario_ = [this] {
    BlockScenario scenario = scenario_of(options_, workload_);
    if (plan_ != nullptr) scenario.faults = plan_->plan;
    return scenario;
  }();
  const sim::Testbed::Build world_ = world_of(options_, scenario_);
  std::vector<bool> broken_;  // by any execution so far
  WorkloadOutcome outcome_;
  Explorer* explorer_ = nullptr;  // while it runs
  Strategy* strategy_ = nullptr;
  Clock::time_point start_ = Clock::now();
  double seconds_before_ = 0;  // in an earlier process
};

}  // namespace

void WorkloadOutcome::add(WorkloadOutcome other) {
  part.counts += other.part.counts;
  part.crashes += other.part.crashes;
  part.violated |= other.part.violated;
  for (std::size_t p = 0; p < exercised.size(); ++p) {
    if (other.exercised[p]) exercised[p] = true;
  }
  for (Found& example : other.found) found.push_back(std::move(example));
  exhausted &= other.exhausted;
  was_cut |= other.was_cut;
  was_stopped |= other.was_stopped;
  if (part.visited && other.part.visited) *part.visited += *other.part.visited;
  faults.add(other.faults);
  for (std::size_t f = 0; f < other.part.plans.size(); ++f)  // of a plan that was given
    part.plans[f] = std::max(part.plans[f], other.part.plans[f]);
  statistics += other.statistics;
  seconds += other.seconds;
}

WorkloadOutcome check_workload(const CheckOptions& options, const Workload& workload,
                               const MustStop& must_stop, const Part& part, std::string state,
                               const PlanTask* plan) {
  return WorkloadCheck(options, workload, part, plan).run(must_stop, std::move(state));
}

std::vector<Part> split_workload(const CheckOptions& options, const Workload& workload,
                                 std::size_t parts_wanted) {
  return split([&](const Part& part) { return WorkloadCheck(options, workload, part).sample(); },
               parts_wanted);
}

}  // namespace simcheck::model
