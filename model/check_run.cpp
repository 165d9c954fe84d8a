#include "model/check_run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "model/archive_types.hpp"
#include "model/divergence.hpp"
#include "model/fault_check.hpp"
#include "model/memory.hpp"
#include "model/pace.hpp"
#include "model/run_saver.hpp"
#include "model/run_statistics.hpp"
#include "model/stopwatch.hpp"
#include "model/task_schedule.hpp"
#include "model/workload_size.hpp"
#include "model/workload_weight.hpp"
#include "sim/code_failed.hpp"

namespace simcheck::model {
namespace {

class CheckRun {
 public:
  explicit CheckRun(const CheckOptions& options)
      : options_(options),
        workers_(worker_count()),
        outcomes_(options.workloads.size()),
        schedule_(options.workloads.size()),
        paces_(workers_),
        saver_(options.checkpoint, workers_) {
    schedule_.set_workers(workers_);
    for (const Workload& workload : options.workloads) {
      weights_.push_back(weight_of(workload, options.symmetry));
      weight_ += weights_.back();
    }
  }

  CheckRunOutcome run() {
    if (!options_.checkpoint.resume_from.empty()) load(options_.checkpoint.resume_from);
    tell_done();
    {
      const std::vector<std::jthread> helpers = start_helpers();
      work(0);
    }
    if (error_ && error_at_ == last_wanted_) std::rethrow_exception(error_);
    if (saver_.is_wanted()) saver_.save(state(), stopwatch_, true);
    add_cut_short();
    if (options_.statistics != nullptr) describe(*options_.statistics);
    if (last_wanted_ != kAll) outcomes_.resize(last_wanted_ + 1);
    return {std::move(outcomes_), last_wanted_ != kAll, interrupted_, bound_};
  }

 private:
  // What became of a task that a worker took.
  struct Attempt {
    std::optional<WorkloadOutcome> outcome;  // nothing: it was not run, or split
    std::string state;                       // if it was ended to be gone on with in another run
    std::exception_ptr error;
  };

  // A task that is to be gone on with in another run.
  struct CutShort {
    std::size_t workload;
    bool is_part;
    WorkloadOutcome outcome;  // so far
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
      if (!ended_ && task->workload <= last_wanted_) {
        try {
          run(worker, *task, attempt);
        } catch (const Divergence& divergence) {
          attempt.error = std::make_exception_ptr(named(divergence, task->workload));
        } catch (const sim::CodeFailed& failure) {
          attempt.error = std::make_exception_ptr(named(failure, task->workload));
        } catch (...) {
          attempt.error = std::current_exception();
        }
      }
      finish(worker, *task, std::move(attempt));
    }
  }

  // Whoever replays a schedule has named them himself.
  template <class Error>
  Error named(const Error& error, std::size_t workload) const {
    if (options_.strategy == StrategyKind::kReplay) return error;
    return Error(fmt::format("driver '{}', workload '{}': {}", options_.driver,
                             to_text(options_.workloads[workload]), error.what()));
  }

  void run(std::size_t worker, const Task& task, Attempt& attempt) {
    const Workload& workload = options_.workloads[task.workload];
    bool split = false;
    const auto must_stop = [&](Pause& pause) {
      split = may_split(task, pause.counts());
      if (!split && !this->must_stop(task, worker, pause)) return false;
      if (!split && ended_ && saver_.is_wanted()) attempt.state = pause.state();
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
    const bool is_wanted = task.workload <= last_wanted_;
    // Whether one worker would have come to an error of a part, only the whole workload shows.
    if (attempt.error && !task.is_part()) {
      note_error(task.workload, attempt.error);
    } else if (ended_ && is_wanted && (!outcome || outcome->was_stopped)) {
      if (outcome) cut_short_.push_back({task.workload, task.is_part(), std::move(*outcome)});
      return schedule_.put_back(worker, std::move(attempt.state));
    }
    if (outcome) counts_done_ += outcome->part.counts;
    if (task.is_part()) {
      outcome = schedule_.join(task, std::move(outcome), is_wanted);
    }
    if (outcome) {
      if (outcome->part.violated && !options_.keep_going) want_up_to(task.workload);
      outcomes_[task.workload] = std::move(outcome);
      weight_done_ += weights_[task.workload];
      ++workloads_done_;
      tell_done();
    }
    schedule_.done(worker);
  }

  // In order, so that what lies behind the first violation is never told.
  void tell_done() {
    if (!options_.on_workload_done) return;
    for (; told_ < outcomes_.size() && outcomes_[told_] && told_ <= last_wanted_; ++told_) {
      const WorkloadOutcome& outcome = *outcomes_[told_];
      WorkloadDone done{.number = told_ + 1, .workload = outcome.part};
      for (const Found& found : outcome.found) done.found.push_back(&found.example);
      options_.on_workload_done(done);
    }
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
  bool must_stop(const Task& task, std::size_t worker, Pause& pause) {
    if (ended_ || task.workload > last_wanted_) return true;
    const Counts& counts = pause.counts();
    const std::uint64_t most = options_.limits.executions_max;
    if (most != 0 && counts_done_.executions + counts.executions + counts.blocked >= most) {
      return end_at(fmt::format("max-executions {}", most));
    }
    if (options_.interrupt != nullptr && options_.interrupt->load(std::memory_order_relaxed)) {
      interrupted_ = true;
      return end_at("");
    }
    const bool begins = counts.executions + counts.blocked == 0;
    if (!begins && !paces_[worker].is_due(stopwatch_)) return false;
    if (schedule_.is_void(task)) return true;
    return is_over_a_limit(pause) || report(task, worker, pause);
  }

  bool is_over_a_limit(const Pause& pause) {
    const std::scoped_lock lock(mutex_);
    const Limits& limits = options_.limits;
    const double now = stopwatch_.seconds();
    const bool has_looked = counts_done_.executions + pause.counts().executions > 0;
    if (limits.seconds_max != 0 && now >= limits.seconds_max && has_looked) {
      return end_at(fmt::format("max-time {} s", limits.seconds_max));
    }
    if (limits.memory_max == 0 || now < next_look_at_memory_) return false;
    next_look_at_memory_ = now + 0.01;
    if (memory_in_use() + pause.growth() < limits.memory_max) return false;
    return end_at("max-memory " + size_text(limits.memory_max));
  }

  // Says how far the worker is, to whom it concerns. Always false.
  bool report(const Task& task, std::size_t worker, Pause& pause) {
    if (!options_.on_progress && !saver_.is_wanted()) return false;
    const std::uint64_t round = saver_.round();
    schedule_.note(worker, pause.counts(), pause.share());
    if (saver_.lacks_state_of(worker, round)) schedule_.note_state(worker, pause.state());
    std::optional<std::string> state_to_save;
    {
      const std::scoped_lock lock(mutex_);
      if (options_.on_progress && stopwatch_.seconds() - last_progress_ >= 0.2) {
        report_progress(task.workload);
      }
      if (saver_.is_complete(worker, round, schedule_.busy(), stopwatch_.seconds())) {
        state_to_save = state();
        schedule_.drop_states();
      }
    }
    if (state_to_save) saver_.save(std::move(*state_to_save), stopwatch_, false);
    return false;
  }

  // The first reason counts.
  bool end_at(std::string bound) {
    if (ended_.exchange(true)) return true;
    bound_ = std::move(bound);
    schedule_.stop();
    return true;
  }

  void report_progress(std::size_t workload) {
    Counts counts = counts_done_;
    counts += schedule_.counts();
    if (counts.executions == 0) return;  // a workload that was just split begins again
    const double seconds = stopwatch_.seconds();
    last_progress_ = seconds;
    options_.on_progress({.workloads_done = workloads_done_,
                          .workloads_total = outcomes_.size(),
                          .workload = to_text(options_.workloads[workload]),
                          .counts = counts,
                          .seconds = seconds,
                          .executions_before = counts_before_.executions,
                          .share = share(),
                          .share_before = share_before_,
                          .seconds_max = options_.limits.seconds_max});
  }

  double share() const {
    return weight_ == 0 ? 0 : (weight_done_ + schedule_.work_done(weights_)) / weight_;
  }

  // Requires mutex_, or that no worker is at work.
  std::string state() {
    Archive archive;
    counts_before_at_save_ = counts_done_;
    counts_before_at_save_ += schedule_.counts();
    save_or_load(archive);
    return archive.take_bytes();
  }

  void load(const std::string& state) {
    Archive archive(state);
    save_or_load(archive);
    archive.require_end();
    if (outcomes_.size() != weights_.size() || !schedule_.is_possible()) throw ArchiveError();
    counts_before_ = counts_before_at_save_;
    share_before_ = share();
  }

  void save_or_load(Archive& archive) {
    double seconds = stopwatch_.seconds_of_all();
    std::size_t wanted = last_wanted_;
    archive(outcomes_, schedule_, wanted, workloads_done_, counts_done_, weight_done_);
    archive(counts_before_at_save_, seconds);
    last_wanted_ = wanted;
    if (archive.loads()) stopwatch_.add_before(seconds);
  }

  // What is known of workloads that were not finished. In what was saved, they are still to be.
  void add_cut_short() {
    for (auto& [workload, sum] : schedule_.take_unfinished()) {
      if (outcomes_[workload]) continue;
      outcomes_[workload] = std::move(sum);
      outcomes_[workload]->exhausted = false;
    }
    for (CutShort& cut : cut_short_) {
      auto& outcome = outcomes_[cut.workload];
      if (outcome && cut.is_part) {
        outcome->add(std::move(cut.outcome));
      } else if (!outcome || !outcome->part.violated) {
        outcome = std::move(cut.outcome);
      }
    }
  }

  void describe(RunStatistics& statistics) const {
    statistics.seconds = stopwatch_.seconds();
    statistics.seconds_before = stopwatch_.seconds_before();
    statistics.counts_before = counts_before_;
    statistics.workers = workers_;
    saver_.describe(statistics);
    for (std::size_t i = 0; i < outcomes_.size() && i <= last_wanted_; ++i) {
      if (!outcomes_[i]) continue;
      statistics.workloads.push_back({.workload = outcomes_[i]->part.workload,
                                      .seconds = outcomes_[i]->seconds,
                                      .parts = schedule_.parts_of(i),
                                      .exploration = outcomes_[i]->statistics});
    }
    statistics.memory_peak = peak_memory();
  }

  static constexpr std::size_t kAll = SIZE_MAX;
  static constexpr std::size_t kPartsPerWorker = 16;  // their sizes differ

  const CheckOptions& options_;
  Stopwatch stopwatch_;
  const std::size_t workers_;
  std::vector<std::optional<WorkloadOutcome>> outcomes_;  // of workloads that are done
  TaskSchedule schedule_;
  std::vector<Pace> paces_;                      // by worker
  std::atomic<std::size_t> last_wanted_ = kAll;  // what lies behind it does not count
  std::atomic<bool> ended_ = false;              // by a limit or an interrupt
  std::atomic<bool> interrupted_ = false;
  std::vector<double> weights_;  // of the workloads
  double weight_ = 0;            // of all
  RunSaver saver_;

  std::mutex mutex_;  // guards what follows
  Counts counts_done_;
  std::uint64_t workloads_done_ = 0;
  std::size_t told_ = 0;  // workloads that were told to be done
  double weight_done_ = 0;
  std::vector<CutShort> cut_short_;
  double last_progress_ = 0;
  double next_look_at_memory_ = 0;
  std::string bound_;
  std::exception_ptr error_;
  std::size_t error_at_ = 0;  // the workload it came from

  Counts counts_before_;  // of the run that this one goes on from
  double share_before_ = 0;
  Counts counts_before_at_save_;
};

}  // namespace

CheckRunOutcome run_workers(const CheckOptions& options) { return CheckRun(options).run(); }

}  // namespace simcheck::model
