#include "model/workload_check.hpp"

#include <chrono>
#include <memory>
#include <utility>

#include "model/archive_types.hpp"
#include "model/bounded.hpp"
#include "model/recorder.hpp"
#include "model/replay.hpp"
#include "model/sampling_run.hpp"
#include "model/stateful.hpp"

namespace simcheck::model {
namespace {

std::unique_ptr<Strategy> make_strategy(const CheckOptions& options, const Workload& workload,
                                        Explorer& explorer) {
  if (is_sampling(options.strategy)) return make_sampling(options, workload, explorer);
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
  WorkloadCheck(const CheckOptions& options, const Workload& workload, const Part& part)
      : options_(options), workload_(workload), part_(part), broken_(options.properties.size()) {}

  WorkloadOutcome run(const MustStop& must_stop, std::string state) {
    Explorer explorer(world_, options_.properties, explorer_options());
    const auto strategy = make_strategy(options_, workload_, explorer);
    explorer_ = &explorer;
    strategy_ = strategy.get();
    if (!state.empty()) load(std::move(state));
    try {
      explore(explorer, *strategy, must_stop);
    } catch (const SplitBroken&) {
      outcome_.is_split_broken = true;
    }
    // Where a part found that stores must be ordered, others may not have.
    if (!part_.empty() && explorer.orderings() > 0) outcome_.is_split_broken = true;
    outcome_.can_be_split = explorer.orderings() == 0;
    outcome_.part.workload = to_text(workload_);
    outcome_.part.counts = explorer.counts();
    outcome_.part.sampled = strategy->sampled();
    outcome_.was_cut = outcome_.exhausted && strategy->was_cut();
    outcome_.part.visited = strategy->visited();
    if (outcome_.part.visited && outcome_.part.visited->full) outcome_.exhausted = false;
    outcome_.exercised = explorer.exercised();
    outcome_.statistics = explorer.statistics();
    outcome_.seconds = seconds();
    return std::move(outcome_);
  }

  const Counts& counts() const override { return explorer_->counts(); }
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
    const auto strategy = make_strategy(options_, workload_, *explorer);
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
            .equivalence = reduces ? options_.equivalence : Equivalence::kTrace,
            .part = part_};
  }

  void explore(Explorer& explorer, Strategy& strategy, const MustStop& must_stop) {
    while (!(outcome_.was_stopped = must_stop(*this))) {
      const auto outcome = explorer.run_next(strategy);
      outcome_.exhausted = !outcome;
      if (outcome_.exhausted) return;
      if (*outcome != Explorer::Outcome::kViolated) continue;
      outcome_.part.violated = true;
      remember(explorer);
      if (!options_.keep_going) return;
    }
  }

  void remember(const Explorer& explorer) {
    bool news = false;
    std::vector<std::size_t> properties;
    for (const BrokenProperty& broken : explorer.broken()) {
      properties.push_back(broken.property);
      if (!broken_[broken.property]) news = true;
      broken_[broken.property] = true;
    }
    if (news) outcome_.found.push_back({counterexample(explorer), std::move(properties)});
  }

  Counterexample counterexample(const Explorer& explorer) const {
    const Schedule schedule = explorer.schedule();
    Counterexample example{.workload = to_text(workload_),
                           .schedule = to_text(schedule),
                           .deadlock = explorer.deadlocked()};
    for (const BrokenProperty& broken : explorer.broken()) {
      example.findings.push_back(
          {.property = std::string(options_.properties[broken.property]->name()),
           .reason = broken.violation.reason,
           .step = broken.violation.step});
    }
    example.trace = record(world_, schedule, lane_titles(workload_), options_.log_sector_size);
    return example;
  }

  const CheckOptions& options_;
  const Workload& workload_;
  const Part& part_;
  const sim::Testbed::Build world_ = [scenario = scenario_of(options_, workload_),
                                      this](sim::World& world) {
    if (options_.strategy == StrategyKind::kStateful) world.hash_states();
    build(scenario, world);
    observe(options_.properties, world);
  };
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
  part.violated |= other.part.violated;
  for (std::size_t p = 0; p < exercised.size(); ++p) {
    if (other.exercised[p]) exercised[p] = true;
  }
  for (Found& example : other.found) found.push_back(std::move(example));
  exhausted &= other.exhausted;
  statistics += other.statistics;
  seconds += other.seconds;
}

WorkloadOutcome check_workload(const CheckOptions& options, const Workload& workload,
                               const MustStop& must_stop, const Part& part, std::string state) {
  return WorkloadCheck(options, workload, part).run(must_stop, std::move(state));
}

std::vector<Part> split_workload(const CheckOptions& options, const Workload& workload,
                                 std::size_t parts_wanted) {
  return split([&](const Part& part) { return WorkloadCheck(options, workload, part).sample(); },
               parts_wanted);
}

}  // namespace simcheck::model
