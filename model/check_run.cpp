#include "model/check_run.hpp"

#include <algorithm>
#include <exception>
#include <mutex>
#include <optional>
#include <string>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "model/archive_types.hpp"
#include "model/fault_check.hpp"
#include "model/memory.hpp"
#include "model/named_error.hpp"
#include "model/pace.hpp"
#include "model/run_limits.hpp"
#include "model/run_outcomes.hpp"
#include "model/run_progress.hpp"
#include "model/run_saver.hpp"
#include "model/run_statistics.hpp"
#include "model/stopwatch.hpp"
#include "model/task_schedule.hpp"

namespace simcheck::model {
namespace {

class CheckRun {
 public:
  explicit CheckRun(const CheckOptions& options)
      : options_(options),
        workers_(worker_count()),
        outcomes_(options),
        schedule_(options.workloads.size()),
        paces_(workers_),
        limits_(options, stopwatch_),
        saver_(options.checkpoint, workers_),
        progress_(options, stopwatch_, schedule_) {
    schedule_.set_workers(workers_);
  }

  CheckRunOutcome run() {
    if (!options_.checkpoint.resume_from.empty()) load(options_.checkpoint.resume_from);
    outcomes_.tell_done();
    {
      const std::vector<std::jthread> helpers = start_helpers();
      work(0);
    }
    if (saver_.is_wanted() && !outcomes_.has_failed()) saver_.save(state(), stopwatch_, true);
    outcomes_.end(schedule_);
    if (options_.statistics != nullptr) describe(*options_.statistics);
    CheckRunOutcome outcome = outcomes_.take();
    outcome.interrupted = limits_.was_interrupted();
    outcome.bound = limits_.bound();
    return outcome;
  }

 private:
  // What became of a task that a worker took.
  struct Attempt {
    std::optional<WorkloadOutcome> outcome;  // nothing: it was not run, or split
    std::string state;                       // if it was ended to be gone on with in another run
    std::exception_ptr error;
  };

  // A limit on executions counts them in order, so it needs one worker.
  std::size_t worker_count() const {
    if (options_.limits.executions_max != 0) return 1;
    const std::size_t wanted =
        options_.workers != 0 ? options_.workers
                              : std::clamp(std::thread::hardware_concurrency(), 1U, kWorkersMax);
    const std::size_t workloads = options_.workloads.size();
    return splits() ? wanted : std::max<std::size_t>(1, std::min(wanted, workloads));
  }

  // Only dpor without a bound runs exactly one execution of each trace, however it is split. States
  // in which the power is cut would be met by several parts, and plans of faults follow from those
  // before them, so one worker goes through those of a workload.
  bool splits() const {
    return options_.strategy == StrategyKind::kDpor && is_unbounded(options_.bound) &&
           !options_.power_cut && !options_.faults.has_plans();
  }

  // As many as the system gives: the result is the same with fewer.
  std::vector<std::jthread> start_helpers() {
    std::vector<std::jthread> helpers;
    try {
      for (std::size_t w = 1; w < workers_; ++w)
        helpers.emplace_back([this, w] {
          if (options_.begin_worker) options_.begin_worker();
          work(w);
        });
    } catch (const std::system_error&) {
    }
    return helpers;
  }

  void work(std::size_t worker) {
    while (const auto task = schedule_.take(worker)) {
      Attempt attempt;
      if (!limits_.has_ended() && outcomes_.is_wanted(task->workload)) {
        try {
          run(worker, *task, attempt);
        } catch (...) {
          attempt.error = named_current(options_, options_.workloads[task->workload]);
        }
      }
      finish(worker, *task, std::move(attempt));
    }
  }

  void run(std::size_t worker, const Task& task, Attempt& attempt) {
    const Workload& workload = options_.workloads[task.workload];
    bool split = false;
    const auto must_stop = [&](Pause& pause) {
      split = may_split(task, pause.counts());
      if (!split && !this->must_stop(task, worker, pause)) return false;
      if (!split && limits_.has_ended() && saver_.is_wanted()) attempt.state = pause.state();
      return true;
    };
    attempt.outcome =
        options_.faults.has_plans()
            ? check_with_faults(options_, workload, must_stop, schedule_.take_state(worker))
            : check_workload(options_, workload, must_stop, task.part,
                             schedule_.take_state(worker));
    if (!split) return;
    if (std::exchange(attempt.outcome, std::nullopt)->can_be_split) {
      auto parts = split_workload(options_, workload, kPartsPerWorker * workers_);
      if (parts.size() > 1) return schedule_.split(worker, std::move(parts));
    }
    schedule_.keep_whole(task.workload);
    run(worker, task, attempt);
  }

  // A workload that turns out to be large, while others have nothing to do.
  bool may_split(const Task& task, const Counts& counts) const {
    constexpr std::uint64_t kFrom = 4096, kTo = 65536;  // beyond, too much would be done again
    return workers_ > 1 && splits() && counts.executions >= kFrom && counts.executions < kTo &&
           counts.executions % 256 == 0 && schedule_.may_split(task);
  }

  void finish(std::size_t worker, const Task& task, Attempt attempt) {
    const std::scoped_lock lock(mutex_);
    saver_.done(worker);
    auto& outcome = attempt.outcome;
    const bool is_wanted = outcomes_.is_wanted(task.workload);
    // Whether one worker would have come to an error of a part, only the whole workload shows.
    if (attempt.error && !task.is_part()) {
      outcomes_.add_error(task.workload, attempt.error);
    } else if (limits_.has_ended() && is_wanted && (!outcome || outcome->was_stopped)) {
      if (outcome) outcomes_.add_cut_short(task, std::move(*outcome));
      return schedule_.put_back(worker, std::move(attempt.state));
    }
    if (outcome) progress_.task_done(outcome->part.counts);
    if (task.is_part()) {
      outcome = schedule_.join(task, std::move(outcome), is_wanted);
    }
    if (outcome) {
      outcomes_.add(task.workload, std::move(*outcome));
      progress_.workload_done(task.workload);
    }
    schedule_.done(worker);
  }

  // Asked by a worker at each pause.
  bool must_stop(const Task& task, std::size_t worker, Pause& pause) {
    if (limits_.has_ended() || !outcomes_.is_wanted(task.workload)) return true;
    const Counts& counts = pause.counts();
    const std::uint64_t runs = counts.executions + counts.blocked;
    // With a limit on them there is one worker, and nobody to count at the same time.
    const bool counts_all = options_.limits.executions_max != 0;
    if (limits_.end_after(counts_all ? progress_.counts_done().executions + runs : 0))
      return stop();
    if (runs != 0 && !paces_[worker].is_due(stopwatch_)) return false;
    if (schedule_.is_void(task)) return true;
    if (limits_.end_now(has_looked(pause), pause.growth())) return stop();
    report(task, worker, pause);
    return false;
  }

  bool has_looked(const Pause& pause) {
    const std::scoped_lock lock(mutex_);
    return progress_.counts_done().executions + pause.counts().executions + pause.images_read() > 0;
  }

  bool stop() {
    schedule_.stop();
    return true;
  }

  // Says how far the worker is, to whom it concerns.
  void report(const Task& task, std::size_t worker, Pause& pause) {
    if (!options_.on_progress && !saver_.is_wanted()) return;
    const std::uint64_t round = saver_.round();
    schedule_.note(worker, pause.counts(), pause.share());
    if (saver_.lacks_state_of(worker, round)) schedule_.note_state(worker, pause.state());
    std::optional<std::string> state_to_save;
    {
      const std::scoped_lock lock(mutex_);
      progress_.tell(task.workload);
      // An error is not saved: whoever goes on from what was saved before comes to it again.
      if (!outcomes_.has_failed() &&
          saver_.advance(worker, round, schedule_.busy(), stopwatch_.seconds())) {
        state_to_save = state();
        schedule_.drop_states();
      }
    }
    if (state_to_save) saver_.save(std::move(*state_to_save), stopwatch_, false);
  }

  // Requires mutex_, or that no worker is at work.
  std::string state() {
    Archive archive;
    save_or_load(archive);
    return archive.take_bytes();
  }

  void load(const std::string& state) {
    Archive archive(state);
    save_or_load(archive);
    archive.require_end();
    progress_.go_on();
  }

  void save_or_load(Archive& archive) {
    double seconds = stopwatch_.seconds_of_all();
    outcomes_.save_or_load(archive, schedule_);
    progress_.save_or_load(archive);
    archive(seconds);
    if (archive.loads()) stopwatch_.add_before(seconds);
  }

  void describe(RunStatistics& statistics) const {
    statistics.seconds = stopwatch_.seconds();
    statistics.seconds_before = stopwatch_.seconds_before();
    statistics.workers = workers_;
    saver_.describe(statistics);
    progress_.describe(statistics);
    outcomes_.describe(statistics, schedule_);
    statistics.memory_peak = peak_memory();
  }

  static constexpr std::size_t kPartsPerWorker = 16;  // their sizes differ

  const CheckOptions& options_;
  Stopwatch stopwatch_;
  const std::size_t workers_;
  RunOutcomes outcomes_;  // changed with mutex_ held
  TaskSchedule schedule_;
  std::vector<Pace> paces_;  // by worker
  RunLimits limits_;
  RunSaver saver_;

  std::mutex mutex_;  // guards what follows
  RunProgress progress_;
};

}  // namespace

CheckRunOutcome run_workers(const CheckOptions& options) { return CheckRun(options).run(); }

}  // namespace simcheck::model
