#include "model/task_schedule.hpp"

#include <algorithm>
#include <utility>

#include "model/archive_types.hpp"

namespace simcheck::model {

std::optional<Task> TaskSchedule::take(std::size_t worker) {
  std::unique_lock lock(mutex_);
  ++waiting_;
  changed_.wait(
      lock, [this] { return stopped_ || !ready_.empty() || next_ < workloads_ || running_ == 0; });
  --waiting_;
  if (stopped_) return std::nullopt;
  Task task;
  if (!ready_.empty()) {
    task = std::move(ready_.front());
    ready_.pop_front();
  } else if (next_ < workloads_) {
    task.workload = next_++;
  } else {
    return std::nullopt;
  }
  ++running_;
  taken_[worker] = std::move(task);
  return Task{taken_[worker]->workload, taken_[worker]->part};
}

std::string TaskSchedule::take_state(std::size_t worker) {
  const std::scoped_lock lock(mutex_);
  return std::exchange(taken_[worker]->state, {});
}

void TaskSchedule::note(std::size_t worker, const Counts& counts, double share) {
  const std::scoped_lock lock(mutex_);
  taken_[worker]->counts = counts;
  taken_[worker]->share = share;
}

void TaskSchedule::note_state(std::size_t worker, std::string state) {
  const std::scoped_lock lock(mutex_);
  taken_[worker]->state = std::move(state);
}

void TaskSchedule::drop_states() {
  const std::scoped_lock lock(mutex_);
  for (auto& task : taken_) {
    if (task) task->state = {};
  }
}

void TaskSchedule::done(std::size_t worker) {
  const std::scoped_lock lock(mutex_);
  taken_[worker].reset();
  --running_;
  changed_.notify_all();
}

void TaskSchedule::put_back(std::size_t worker, std::string state) {
  const std::scoped_lock lock(mutex_);
  if (taken_[worker]) {
    Task task = *std::exchange(taken_[worker], std::nullopt);
    if (!state.empty()) task.state = std::move(state);
    ready_.push_front(std::move(task));
  }
  --running_;
  changed_.notify_all();
}

void TaskSchedule::stop() {
  const std::scoped_lock lock(mutex_);
  stopped_ = true;
  changed_.notify_all();
}

bool TaskSchedule::may_split(const Task& task) const {
  const std::scoped_lock lock(mutex_);
  return !task.is_part() && waiting_ > 0 && !parts_.contains(task.workload);
}

void TaskSchedule::split(std::size_t worker, std::vector<Part> parts) {
  const std::scoped_lock lock(mutex_);
  const std::size_t workload = std::exchange(taken_[worker], std::nullopt)->workload;
  parts_[workload].total = parts.size();
  parts_[workload].missing = parts.size();
  for (Part& part : parts) ready_.push_back({.workload = workload, .part = std::move(part)});
  changed_.notify_all();
}

void TaskSchedule::keep_whole(std::size_t workload) {
  const std::scoped_lock lock(mutex_);
  parts_[workload].is_whole = true;
}

bool TaskSchedule::is_void(const Task& task) const {
  if (!task.is_part()) return false;
  const std::scoped_lock lock(mutex_);
  return parts_.at(task.workload).is_void;
}

std::optional<WorkloadOutcome> TaskSchedule::join(const Task& task,
                                                  std::optional<WorkloadOutcome> outcome,
                                                  bool is_wanted) {
  const std::scoped_lock lock(mutex_);
  Parts& parts = parts_.at(task.workload);
  --parts.missing;
  if (!outcome || outcome->is_split_broken || outcome->part.violated) parts.is_void = true;
  if (outcome && !outcome->is_split_broken) {
    if (!parts.sum) {
      parts.sum = std::move(outcome);
    } else {
      parts.sum->add(std::move(*outcome));
    }
  }
  if (parts.missing > 0) return std::nullopt;
  if (parts.is_void && is_wanted) {
    ready_.push_front({.workload = task.workload});
    return std::nullopt;
  }
  if (parts.is_void && parts.sum) parts.sum->exhausted = false;
  return std::move(parts.sum);
}

std::vector<std::size_t> TaskSchedule::busy() const {
  const std::scoped_lock lock(mutex_);
  std::vector<std::size_t> workers;
  for (std::size_t w = 0; w < taken_.size(); ++w) {
    if (taken_[w]) workers.push_back(w);
  }
  return workers;
}

template <typename Visit>
void TaskSchedule::for_begun(Visit visit) const {
  for (const Task& task : ready_) visit(task);
  for (const auto& task : taken_) {
    if (task) visit(*task);
  }
}

Counts TaskSchedule::counts() const {
  const std::scoped_lock lock(mutex_);
  Counts counts;
  for_begun([&](const Task& task) { counts += task.counts; });
  return counts;
}

double TaskSchedule::work_done(std::span<const double> weights) const {
  const std::scoped_lock lock(mutex_);
  double done = 0;
  for (const auto& [workload, parts] : parts_) {
    if (parts.missing == 0) continue;
    const auto total = static_cast<double>(parts.total);
    done += weights[workload] * (total - static_cast<double>(parts.missing)) / total;
  }
  for_begun([&](const Task& task) {
    const double share = task.share * weights[task.workload];
    const auto split = parts_.find(task.workload);
    const bool is_part = task.is_part() && split != parts_.end();
    done += is_part ? share / static_cast<double>(split->second.total) : share;
  });
  return done;
}

std::size_t TaskSchedule::parts_of(std::size_t workload) const {
  const std::scoped_lock lock(mutex_);
  const auto found = parts_.find(workload);
  return found == parts_.end() || found->second.is_void ? 0 : found->second.total;
}

std::map<std::size_t, WorkloadOutcome> TaskSchedule::take_unfinished() {
  const std::scoped_lock lock(mutex_);
  std::map<std::size_t, WorkloadOutcome> sums;
  for (auto& [workload, parts] : parts_) {
    const bool unfinished = parts.missing > 0 || parts.is_void;
    if (parts.sum && unfinished) sums.emplace(workload, *std::move(parts.sum));
  }
  return sums;
}

bool TaskSchedule::is_possible() const {
  const std::scoped_lock lock(mutex_);
  const auto is_there = [this](const Task& task) {
    return task.workload < workloads_ && (!task.is_part() || parts_.contains(task.workload));
  };
  return next_ <= workloads_ && std::ranges::all_of(ready_, is_there) &&
         std::ranges::all_of(parts_, [this](const auto& all) { return all.first < workloads_; });
}

void Task::save_or_load(Archive& archive) { archive(workload, part, state, counts, share); }

void TaskSchedule::Parts::save_or_load(Archive& archive) {
  archive(total, missing, is_void, is_whole, sum);
}

void TaskSchedule::save_or_load(Archive& archive) {
  const std::scoped_lock lock(mutex_);
  std::vector<Task> tasks(ready_.begin(), ready_.end());
  for (const auto& task : taken_) {
    if (task) tasks.push_back(*task);
  }
  std::vector<std::size_t> workloads;
  for (const auto& [workload, parts] : parts_) workloads.push_back(workload);
  archive(next_, tasks, workloads);
  for (const std::size_t workload : workloads) archive(parts_[workload]);
  if (archive.loads()) ready_.assign(tasks.begin(), tasks.end());
}

}  // namespace simcheck::model
