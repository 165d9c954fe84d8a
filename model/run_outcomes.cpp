#include "model/run_outcomes.hpp"

#include <algorithm>
#include <utility>

#include "model/archive_types.hpp"

namespace simcheck::model {

void RunOutcomes::add(std::size_t workload, WorkloadOutcome outcome) {
  if (outcome.part.violated && !options_.keep_going) want_up_to(workload);
  outcomes_[workload] = std::move(outcome);
  tell_done();
}

void RunOutcomes::add_cut_short(const Task& task, WorkloadOutcome so_far) {
  cut_short_.push_back({task.workload, task.is_part(), std::move(so_far)});
}

void RunOutcomes::add_error(std::size_t workload, const std::exception_ptr& error) {
  if (is_wanted(workload)) {
    error_ = error;
    error_at_ = workload;
  }
  want_up_to(workload);
}

void RunOutcomes::want_up_to(std::size_t workload) {
  last_wanted_ = std::min<std::size_t>(last_wanted_, workload);
}

void RunOutcomes::tell_done() {
  if (!options_.on_workload_done) return;
  for (; told_ < outcomes_.size() && outcomes_[told_] && is_wanted(told_); ++told_) {
    const WorkloadOutcome& outcome = *outcomes_[told_];
    WorkloadDone done{.number = told_ + 1, .workload = outcome.part};
    for (const Found& found : outcome.found) done.found.push_back(&found.example);
    options_.on_workload_done(done);
  }
}

void RunOutcomes::end(TaskSchedule& schedule) {
  for (auto& [workload, sum] : schedule.take_unfinished()) {
    if (outcomes_[workload]) continue;
    outcomes_[workload] = std::move(sum);
    outcomes_[workload]->exhausted = false;
  }
  for (CutShort& cut : cut_short_) {
    auto& outcome = outcomes_[cut.workload];
    if (outcome && cut.is_part) {
      outcome->add(std::move(cut.so_far));
    } else if (!outcome || !outcome->part.violated) {
      outcome = std::move(cut.so_far);
    }
  }
  if (has_failed()) outcomes_[error_at_].reset();  // parts of it may have been explored
}

void RunOutcomes::describe(RunStatistics& statistics, const TaskSchedule& schedule) const {
  for (std::size_t w = 0; w < outcomes_.size() && is_wanted(w); ++w) {
    if (!outcomes_[w]) continue;
    statistics.workloads.push_back({.workload = outcomes_[w]->part.workload,
                                    .seconds = outcomes_[w]->seconds,
                                    .parts = schedule.parts_of(w),
                                    .exploration = outcomes_[w]->statistics});
  }
}

CheckRunOutcome RunOutcomes::take() {
  if (last_wanted_ != kAll) outcomes_.resize(last_wanted_ + 1);
  if (!has_failed())
    return {.outcomes = std::move(outcomes_), .stopped_at_violation = last_wanted_ != kAll};
  return {.outcomes = std::move(outcomes_), .error = error_};
}

void RunOutcomes::save_or_load(Archive& archive, TaskSchedule& schedule) {
  std::size_t wanted = last_wanted_;
  archive(outcomes_, schedule, wanted);
  last_wanted_ = wanted;
  if (!archive.loads()) return;
  if (outcomes_.size() != options_.workloads.size() || !schedule.is_possible())
    throw ArchiveError();
}

}  // namespace simcheck::model
