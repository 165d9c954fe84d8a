#include "model/task_schedule.hpp"

#include <utility>

namespace simcheck::model {

std::optional<Task> TaskSchedule::take() {
  std::unique_lock lock(mutex_);
  ++waiting_;
  changed_.wait(lock, [this] { return !ready_.empty() || next_ < workloads_ || running_ == 0; });
  --waiting_;
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
  return task;
}

void TaskSchedule::done() {
  const std::scoped_lock lock(mutex_);
  --running_;
  changed_.notify_all();
}

bool TaskSchedule::may_split(const Task& task) const {
  const std::scoped_lock lock(mutex_);
  return !task.is_part() && waiting_ > 0 && !parts_.contains(task.workload);
}

void TaskSchedule::split(std::size_t workload, std::vector<Part> parts) {
  const std::scoped_lock lock(mutex_);
  parts_[workload].missing = parts.size();
  for (Part& part : parts) ready_.push_back({workload, std::move(part)});
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
                                                  bool goes_on) {
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
  if (parts.is_void && goes_on) {
    ready_.push_front({task.workload, {}});
    return std::nullopt;
  }
  if (parts.is_void && parts.sum) parts.sum->exhausted = false;
  return std::move(parts.sum);
}

}  // namespace simcheck::model
