// Workloads are shared among workers one by one, in order, and large ones are split
// (task_schedule). Their outcomes are put together in that order, and what lies behind the first
// violation is dropped. So the result does not depend on the number of workers or on which of them
// was faster.
#include "model/check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <exception>
#include <mutex>
#include <thread>
#include <utility>

#include "model/fault_check.hpp"
#include "model/fault_plan.hpp"
#include "model/sampling_run.hpp"
#include "model/soak.hpp"
#include "model/task_schedule.hpp"
#include "model/workload_check.hpp"

namespace simcheck::model {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

std::string to_string(StrategyKind kind) {
  switch (kind) {
    case StrategyKind::kDpor:
      return "dpor";
    case StrategyKind::kDfs:
      return "dfs";
    case StrategyKind::kReplay:
      return "replay";
    case StrategyKind::kRandom:
      return "random";
    case StrategyKind::kPct:
      return "pct";
    case StrategyKind::kPos:
      return "pos";
    case StrategyKind::kSurw:
      return "surw";
    case StrategyKind::kStateful:
      return "stateful";
  }
  return "";
}

// The states of all workloads; one that had too many of them was cut short.
void add_up_visited(const CheckOptions& options, Result& result) {
  for (const WorkloadResult& workload : result.workloads) {
    if (!workload.visited) continue;
    if (!result.visited) result.visited.emplace();
    *result.visited += *workload.visited;
  }
  if (result.visited && result.visited->full)
    result.coverage.bounds.push_back(fmt::format("max-states {}", options.limits.states_max));
}

// A schedule is followed as it is, also one that was found without symmetry.
bool uses_symmetry(const CheckOptions& options) {
  return options.symmetry && options.strategy != StrategyKind::kReplay &&
         std::ranges::all_of(options.properties,
                             [](const auto& property) { return property->is_symmetric(); });
}

// The result of nothing yet: what is checked, and how.
Result begin_result(const CheckOptions& options) {
  Result result;
  result.program = options.program;
  result.driver = options.driver;
  result.workload_set = options.workload_set;
  result.depth = options.depth;
  result.strategy = to_string(options.strategy);
  if (options.strategy == StrategyKind::kDpor) {
    const bool observed = equivalence_of(options) == Equivalence::kObserved;
    result.reductions.push_back(observed ? "observed equivalence" : "trace equivalence");
  }
  if (options.strategy == StrategyKind::kStateful) {
    result.reductions = {"visited states", "private steps"};
  }
  result.threads = options.threads;
  result.super_interval = options.super_interval;
  if (uses_symmetry(options)) {
    result.reductions.push_back("symmetry");
  }
  if (options.power_cut && cut_moments(options.properties) != 0) {
    result.crashes.emplace();
    result.durability = to_string(options.power_cut->durability);
  }
  result.workloads_total = options.workloads.size();
  result.coverage.bounds = options.bounds;
  if (options.strategy == StrategyKind::kReplay) {
    result.coverage.bounds.push_back("one schedule");
  }
  if (options.faults.any() || !options.fault_plan.empty()) {
    result.faults = {.asked = to_text(options.faults),
                     .plan = to_text(options.fault_plan),
                     .log_sectors = options.faults.log_sectors};
  }
  for (const auto& property : options.properties) {
    result.properties.push_back({.name = std::string(property->name())});
  }
  return result;
}

void add_plans(std::vector<std::uint64_t>& sum, const std::vector<std::uint64_t>& part) {
  if (sum.size() < part.size()) sum.resize(part.size());
  for (std::size_t faults = 0; faults < part.size(); ++faults) sum[faults] += part[faults];
}

// Adds what one workload gave; workloads are added in order.
void add_outcome(Result& result, Exercised& exercised, WorkloadOutcome outcome) {
  result.counts += outcome.part.counts;
  if (result.crashes) *result.crashes += outcome.part.crashes;
  if (outcome.exhausted || outcome.part.violated) ++result.workloads_done;
  if (result.faults) add_plans(result.faults->plans, outcome.part.plans);
  result.workloads.push_back(std::move(outcome.part));
  for (std::size_t p = 0; p < exercised.size(); ++p) {
    if (outcome.exercised[p]) exercised[p] = true;
  }
  for (Found& found : outcome.found) {
    bool news = false;
    for (std::size_t i = 0; i < found.properties.size(); ++i) {
      PropertyResult& property = result.properties[found.properties[i]];
      if (property.verdict == Verdict::kViolated) continue;
      property.verdict = Verdict::kViolated;
      property.reason = found.example.findings[i].reason;
      news = true;
    }
    if (news) result.counterexamples.push_back(std::move(found.example));
  }
}

void conclude(Result& result, const Exercised& exercised) {
  bool any_violated = false, any_exercised = false;
  for (std::size_t p = 0; p < exercised.size(); ++p) {
    PropertyResult& property = result.properties[p];
    if (property.verdict == Verdict::kViolated) {
      any_violated = true;
    } else if (exercised[p]) {
      any_exercised = true;
      property.verdict = Verdict::kHolds;
    }
  }
  if (any_violated) {
    result.verdict = Verdict::kViolated;
  } else if (result.coverage.interrupted) {
    result.verdict = Verdict::kInterrupted;
  } else {
    result.verdict = any_exercised ? Verdict::kHolds : Verdict::kNotExercised;
  }
}

class Check {
 public:
  explicit Check(const CheckOptions& options)
      : options_(options),
        start_(Clock::now()),
        outcomes_(options.workloads.size()),
        schedule_(options.workloads.size()) {}

  Result run() {
    std::vector<std::jthread> helpers;
    workers_ = worker_count();
    in_progress_.resize(workers_);
    for (std::size_t w = 1; w < workers_; ++w) helpers.emplace_back([this, w] { work(w); });
    work(0);
    helpers.clear();  // joins
    return put_together();
  }

 private:
  // A limit on executions counts them in order, so it needs one worker.
  std::size_t worker_count() const {
    if (options_.limits.executions_max != 0) return 1;
    const std::size_t wanted = options_.workers != 0
                                   ? options_.workers
                                   : std::max(1U, std::thread::hardware_concurrency());
    return splits() ? wanted : std::max<std::size_t>(1, std::min(wanted, outcomes_.size()));
  }

  // Only dpor without a bound runs exactly one execution of each trace, however it is split. States
  // in which the power is cut would be met by several parts, and plans of faults follow from those
  // before them, so one worker goes through those of a workload.
  bool splits() const {
    return options_.strategy == StrategyKind::kDpor && is_unbounded(options_.bound) &&
           !options_.power_cut && !options_.faults.has_plans();
  }

  void work(std::size_t worker) {
    while (const auto task = schedule_.take()) {
      std::optional<WorkloadOutcome> outcome;
      std::exception_ptr error;
      if (!ended_ && task->workload <= last_wanted_) {
        try {
          outcome = run(worker, *task);
        } catch (...) {
          error = std::current_exception();
        }
      }
      finish(worker, *task, std::move(outcome), error);
    }
  }

  std::optional<WorkloadOutcome> run(std::size_t worker, const Task& task) {
    const Workload& workload = options_.workloads[task.workload];
    bool split = false;
    const auto stop = [&](const Counts& counts) {
      split = may_split(task, counts);
      return split || must_stop(task, worker, counts);
    };
    auto outcome = options_.faults.has_plans()
                       ? check_with_faults(options_, workload, stop)
                       : check_workload(options_, workload, stop, task.part);
    if (!split) return outcome;
    if (outcome.can_be_split) {
      auto parts = split_workload(options_, workload, kPartsPerWorker * workers_);
      if (parts.size() > 1) {
        schedule_.split(task.workload, std::move(parts));
        return std::nullopt;
      }
    }
    schedule_.keep_whole(task.workload);
    return run(worker, task);
  }

  // A workload that turns out to be large, while others have nothing to do.
  bool may_split(const Task& task, const Counts& counts) const {
    constexpr std::uint64_t kFrom = 4096, kTo = 65536;  // beyond, too much would be done again
    return workers_ > 1 && splits() && counts.executions >= kFrom && counts.executions < kTo &&
           counts.executions % 256 == 0 && schedule_.may_split(task);
  }

  void finish(std::size_t worker, const Task& task, std::optional<WorkloadOutcome> outcome,
              const std::exception_ptr& error) {
    const std::scoped_lock lock(mutex_);
    if (outcome) counts_done_ += outcome->part.counts;
    in_progress_[worker] = {};
    if (error) {
      note_error(task.workload, error);
    } else if (task.is_part()) {
      outcome = schedule_.join(task, std::move(outcome), !ended_ && task.workload <= last_wanted_);
    }
    if (outcome) {
      if (outcome->part.violated && !options_.keep_going) want_up_to(task.workload);
      outcomes_[task.workload] = std::move(outcome);
      ++workloads_done_;
    }
    schedule_.done();
  }

  void note_error(std::size_t workload, const std::exception_ptr& error) {
    if (workload <= last_wanted_) {
      error_ = error;
      error_at_ = workload;
    }
    want_up_to(workload);
  }

  void want_up_to(std::size_t i) { last_wanted_ = std::min<std::size_t>(last_wanted_, i); }

  // Asked by a worker between two executions.
  bool must_stop(const Task& task, std::size_t worker, const Counts& counts) {
    if (ended_ || task.workload > last_wanted_) return true;
    const std::uint64_t most = options_.limits.executions_max;
    if (most != 0 && counts_done_.executions + counts.executions + counts.blocked >= most) {
      return end_at(fmt::format("max-executions {}", most));
    }
    if (options_.interrupt != nullptr && options_.interrupt->load(std::memory_order_relaxed)) {
      ended_ = true;
      interrupted_ = true;
      return true;
    }
    if ((counts.executions + counts.blocked) % 1024 != 0) return false;
    if (schedule_.is_void(task)) return true;
    const std::scoped_lock lock(mutex_);
    in_progress_[worker] = counts;
    const double seconds = seconds_since(start_);
    if (options_.limits.seconds_max != 0 && seconds >= options_.limits.seconds_max) {
      return end_at(fmt::format("max-time {} s", options_.limits.seconds_max));
    }
    if (options_.on_progress && seconds - last_progress_ >= 0.2) {
      report_progress(task.workload, seconds);
    }
    return false;
  }

  bool end_at(std::string bound) {
    ended_ = true;
    bound_ = std::move(bound);
    return true;
  }

  void report_progress(std::size_t i, double seconds) {
    last_progress_ = seconds;
    Counts counts = counts_done_;
    for (const Counts& current : in_progress_) counts += current;
    options_.on_progress({.workloads_done = workloads_done_,
                          .workloads_total = outcomes_.size(),
                          .workload = to_text(options_.workloads[i]),
                          .counts = counts,
                          .seconds = seconds});
  }

  Result put_together() {
    if (error_ && error_at_ == last_wanted_) std::rethrow_exception(error_);
    Result result = begin_result(options_);
    Exercised exercised(options_.properties.size());
    bool was_cut = false;
    for (std::size_t i = 0; i < outcomes_.size() && i <= last_wanted_; ++i) {
      if (!outcomes_[i]) continue;
      was_cut |= outcomes_[i]->was_cut;
      add_outcome(result, exercised, std::move(*outcomes_[i]));
    }
    result.coverage.stopped_at_violation = last_wanted_ != kAll;
    result.coverage.interrupted = interrupted_;
    if (was_cut) result.coverage.bounds.push_back(to_string(options_.bound));
    if (!bound_.empty()) result.coverage.bounds.push_back(bound_);
    conclude(result, exercised);
    return result;
  }

  static constexpr std::size_t kAll = SIZE_MAX;
  static constexpr std::size_t kPartsPerWorker = 16;  // their sizes differ

  const CheckOptions& options_;
  Clock::time_point start_;
  std::vector<std::optional<WorkloadOutcome>> outcomes_;  // each written by one worker
  TaskSchedule schedule_;
  std::size_t workers_ = 1;
  std::atomic<std::size_t> last_wanted_ = kAll;  // what lies behind it does not count
  std::atomic<bool> ended_ = false;              // by a limit or an interrupt
  std::atomic<bool> interrupted_ = false;

  std::mutex mutex_;  // guards what follows
  Counts counts_done_;
  std::uint64_t workloads_done_ = 0;
  std::vector<Counts> in_progress_;  // of each worker's workload
  double last_progress_ = 0;
  std::string bound_;
  std::exception_ptr error_;
  std::size_t error_at_ = 0;  // the workload it came from
};

}  // namespace

Equivalence equivalence_of(const CheckOptions& options) {
  return see_overwritten(options.properties) ? Equivalence::kTrace : options.equivalence;
}

BlockScenario scenario_of(const CheckOptions& options, const Workload& workload) {
  return {.workload = workload,
          .make_device = options.make_device,
          .make_filter = options.make_filter,
          .log_sector_size = options.log_sector_size,
          .super_interval = options.super_interval,
          .threads = options.threads,
          .symmetry = uses_symmetry(options),
          .power_cut = options.power_cut.has_value(),
          .log_bytes = options.faults.log_sectors != 0
                           ? options.faults.log_sectors * options.log_sector_size
                           : sim::Disk::kDefaultBytes,
          .initial_log = options.initial_log,
          .faults = options.fault_plan,
          .fault_scope =
              options.faults.has_plans() ? std::optional(scope_of(options.faults)) : std::nullopt};
}

Schedule schedule_of(const std::string& text) {
  auto parsed = parse_schedule(text);
  if (const auto* error = std::get_if<ScheduleError>(&parsed)) throw Divergence(error->message);
  return std::get<Schedule>(std::move(parsed));
}

Result check(const CheckOptions& options) {
  if (!is_sampling(options.strategy)) {
    Result result = Check(options).run();
    add_up_visited(options, result);
    return result;
  }
  if (options.sampling.soak_seconds > 0) return soak(options);
  Result result = Check(options).run();
  describe_sampling(options, result);
  return result;
}

}  // namespace simcheck::model
