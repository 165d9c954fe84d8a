#include "model/run_progress.hpp"

#include "model/archive_types.hpp"
#include "model/workload_parser.hpp"
#include "model/workload_weight.hpp"

namespace simcheck::model {

RunProgress::RunProgress(const CheckOptions& options, const Stopwatch& stopwatch,
                         const TaskSchedule& schedule)
    : options_(options), stopwatch_(stopwatch), schedule_(schedule) {
  for (const Workload& workload : options.workloads) {
    weights_.push_back(weight_of(workload, options.symmetry));
    weight_ += weights_.back();
  }
}

void RunProgress::workload_done(std::size_t workload) {
  weight_done_ += weights_[workload];
  ++workloads_done_;
}

void RunProgress::tell(std::size_t workload) {
  constexpr double kEvery = 0.2;  // seconds
  const double seconds = stopwatch_.seconds();
  if (!options_.on_progress || seconds - last_told_ < kEvery) return;
  const Counts so_far = counts();
  if (so_far.executions == 0) return;  // a workload that was just split begins again
  last_told_ = seconds;
  options_.on_progress({.workloads_done = workloads_done_,
                        .workloads_total = weights_.size(),
                        .workload = to_text(options_.workloads[workload]),
                        .counts = so_far,
                        .seconds = seconds,
                        .executions_before = counts_before_.executions,
                        .share = share(),
                        .share_before = share_before_,
                        .seconds_max = options_.limits.seconds_max});
}

Counts RunProgress::counts() const {
  Counts sum = counts_done_;
  sum += schedule_.counts();
  return sum;
}

double RunProgress::share() const {
  return weight_ == 0 ? 0 : (weight_done_ + schedule_.work_done(weights_)) / weight_;
}

void RunProgress::save_or_load(Archive& archive) {
  if (!archive.loads()) counts_at_save_ = counts();
  archive(workloads_done_, counts_done_, weight_done_, counts_at_save_);
}

void RunProgress::go_on() {
  counts_before_ = counts_at_save_;
  share_before_ = share();
}

}  // namespace simcheck::model
