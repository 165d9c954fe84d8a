#include "model/check.hpp"

#include <fmt/format.h>

#include <chrono>
#include <utility>

#include "model/explorer.hpp"
#include "model/recorder.hpp"
#include "model/replay.hpp"
#include "sim/assert.hpp"

namespace simcheck::model {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

sim::Testbed::Build builder(const CheckOptions& options, const Workload& workload) {
  return [scenario = scenario_of(options, workload), &options](sim::World& world) {
    build(scenario, world);
    observe(options.properties, world);
  };
}

std::string to_string(StrategyKind kind) {
  switch (kind) {
    case StrategyKind::kDpor:
      return "dpor";
    case StrategyKind::kDfs:
      return "dfs";
    case StrategyKind::kReplay:
      return "replay";
  }
  return "";
}

// One run of check(): the workloads one after the other, until something ends it.
class Check {
 public:
  explicit Check(const CheckOptions& options) : options_(options), start_(Clock::now()) {
    result_.program = options.program;
    result_.driver = options.driver;
    result_.workload_set = options.workload_set;
    result_.depth = options.depth;
    result_.strategy = to_string(options.strategy);
    if (options.strategy == StrategyKind::kDpor) result_.reductions.push_back("trace equivalence");
    if (options.symmetry && options.strategy != StrategyKind::kReplay) {
      result_.reductions.push_back("symmetry");
    }
    result_.workloads_total = options.workloads.size();
    result_.coverage.bounds = options.bounds;
    if (options.strategy == StrategyKind::kReplay) {
      result_.coverage.bounds.push_back("one schedule");
    }
    for (const auto& property : options.properties) {
      result_.properties.push_back({.name = std::string(property->name())});
    }
    exercised_.resize(options.properties.size());
  }

  Result run() {
    for (const Workload& workload : options_.workloads) {
      explore(workload);
      if (stopped_) break;
    }
    conclude();
    return std::move(result_);
  }

 private:
  void explore(const Workload& workload) {
    const auto world = builder(options_, workload);
    Explorer explorer(world, options_.properties, options_.limits.steps_max);
    const auto strategy = make_strategy(explorer);
    WorkloadResult& part = result_.workloads.emplace_back();
    part.workload = to_text(workload);
    bool exhausted = false;
    while (!exhausted && !must_stop(explorer, part)) {
      const auto outcome = explorer.run_next(*strategy);
      exhausted = !outcome;
      if (outcome == Explorer::Outcome::kViolated) {
        part.violated = true;
        if (!keep_finding(explorer, workload, world)) break;
      }
    }
    part.counts = explorer.counts();
    result_.counts += part.counts;
    for (std::size_t p = 0; p < exercised_.size(); ++p) {
      if (explorer.exercised()[p]) exercised_[p] = true;
    }
    if (exhausted || part.violated) ++result_.workloads_done;
  }

  std::unique_ptr<Strategy> make_strategy(Explorer& explorer) const {
    switch (options_.strategy) {
      case StrategyKind::kDfs:
        return make_dfs();
      case StrategyKind::kReplay:
        return make_replay(explorer.world(), schedule_of(options_.schedule));
      case StrategyKind::kDpor:
        break;
    }
    return make_dpor(explorer.footprints(), explorer, explorer.fiber_count());
  }

  // Remembers what the last execution broke. False if the exploration of this workload is over.
  bool keep_finding(const Explorer& explorer, const Workload& workload,
                    const sim::Testbed::Build& world) {
    bool news = false;
    for (const BrokenProperty& broken : explorer.broken()) {
      PropertyResult& property = result_.properties[broken.property];
      news |= property.verdict != Verdict::kViolated;
      if (property.verdict == Verdict::kViolated) continue;
      property.verdict = Verdict::kViolated;
      property.reason = broken.violation.reason;
    }
    // When going on, only executions that break something new are worth a counterexample.
    if (news) result_.counterexamples.push_back(counterexample(explorer, workload, world));
    if (options_.keep_going) return true;
    result_.coverage.stopped_at_violation = true;
    stopped_ = true;
    return false;
  }

  Counterexample counterexample(const Explorer& explorer, const Workload& workload,
                                const sim::Testbed::Build& world) const {
    const Schedule schedule = explorer.schedule();
    Counterexample example{.workload = to_text(workload),
                           .schedule = to_text(schedule),
                           .deadlock = explorer.deadlocked()};
    for (const BrokenProperty& broken : explorer.broken()) {
      example.findings.push_back({.property = result_.properties[broken.property].name,
                                  .reason = broken.violation.reason,
                                  .step = broken.violation.step});
    }
    example.trace = record(world, schedule, lane_titles(workload), options_.log_sector_size);
    return example;
  }

  // Limits, interrupts and progress, looked at now and then.
  bool must_stop(const Explorer& explorer, const WorkloadResult& part) {
    const std::uint64_t executions =
        result_.counts.executions + explorer.counts().executions + explorer.counts().blocked;
    const Limits& limits = options_.limits;
    if (limits.executions_max != 0 && executions >= limits.executions_max) {
      return stop_at(fmt::format("max-executions {}", limits.executions_max));
    }
    if (options_.interrupt != nullptr && options_.interrupt->load(std::memory_order_relaxed)) {
      result_.coverage.interrupted = true;
      stopped_ = true;
      return true;
    }
    if (++polls_ % 1024 != 0 && explorer.counts().executions != 0) return false;
    const double seconds = seconds_since(start_);
    if (limits.seconds_max != 0 && seconds >= limits.seconds_max) {
      return stop_at(fmt::format("max-time {} s", limits.seconds_max));
    }
    if (options_.on_progress && seconds - last_progress_ >= 0.2) {
      last_progress_ = seconds;
      Counts counts = result_.counts;
      counts += explorer.counts();
      options_.on_progress({.workloads_done = result_.workloads_done,
                            .workloads_total = result_.workloads_total,
                            .workload = part.workload,
                            .counts = counts,
                            .seconds = seconds});
    }
    return false;
  }

  bool stop_at(std::string bound) {
    result_.coverage.bounds.push_back(std::move(bound));
    stopped_ = true;
    return true;
  }

  void conclude() {
    bool violated = false;
    bool exercised = false;
    for (std::size_t p = 0; p < exercised_.size(); ++p) {
      PropertyResult& property = result_.properties[p];
      if (property.verdict == Verdict::kViolated) violated = true;
      if (property.verdict == Verdict::kViolated || !exercised_[p]) continue;
      exercised = true;
      property.verdict = Verdict::kHolds;
    }
    if (violated) {
      result_.verdict = Verdict::kViolated;
    } else if (result_.coverage.interrupted) {
      result_.verdict = Verdict::kInterrupted;
    } else {
      result_.verdict = exercised ? Verdict::kHolds : Verdict::kNotExercised;
    }
  }

  const CheckOptions& options_;
  Clock::time_point start_;
  double last_progress_ = 0;
  std::uint64_t polls_ = 0;
  bool stopped_ = false;
  Exercised exercised_;
  Result result_;
};

}  // namespace

BlockScenario scenario_of(const CheckOptions& options, const Workload& workload) {
  return {.workload = workload,
          .make_device = options.make_device,
          .make_filter = options.make_filter,
          .log_sector_size = options.log_sector_size,
          .symmetry = options.symmetry};
}

Schedule schedule_of(const std::string& text) {
  auto parsed = parse_schedule(text);
  if (const auto* error = std::get_if<ScheduleError>(&parsed)) throw Divergence(error->message);
  return std::get<Schedule>(std::move(parsed));
}

Result check(const CheckOptions& options) { return Check(options).run(); }

}  // namespace simcheck::model
