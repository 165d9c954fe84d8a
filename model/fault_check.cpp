#include "model/fault_check.hpp"

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "model/archive_types.hpp"
#include "model/fault_sampling.hpp"
#include "model/lane_symmetry.hpp"
#include "model/plan_pause.hpp"
#include "model/sampling_run.hpp"

namespace simcheck::model {
namespace {

using sim::FaultPlan;

class FaultCheck {
 public:
  FaultCheck(const CheckOptions& options, const Workload& workload, const MustStop& must_stop)
      : options_(options),
        workload_(workload),
        must_stop_(must_stop),
        classes_(interchangeable_lanes(scenario_of(options, workload))) {}

  WorkloadOutcome run(std::string state) {
    std::string state_of_plan;
    if (!state.empty()) {
      Archive archive(std::move(state));
      save_or_load(archive, state_of_plan);
      archive.require_end();
    }
    for (; !plans_.empty(); ++faults_) {
      for (; at_ < plans_.size(); ++at_) {
        const FaultsMet met = explore(plans_[at_], std::exchange(state_of_plan, {}));
        if (met.all_fired) ++sum_.part.plans[faults_];
        if (!sum_.exhausted) return std::move(sum_);
        for (const FaultPlan& next : extensions(plans_[at_], met, options_.faults))
          longer_.insert(canonical(next, classes_));
      }
      plans_.assign(longer_.begin(), longer_.end());
      longer_.clear();
      at_ = 0;
    }
    return std::move(sum_);
  }

 private:
  FaultsMet explore(const FaultPlan& plan, std::string state) {
    const Counts before = sum_.part.counts;
    const PlanTask task{.plan = plan};
    const auto state_of_all = [this](std::string state_of_plan) {
      Archive archive;
      save_or_load(archive, state_of_plan);
      return archive.take_bytes();
    };
    auto outcome = check_workload(
        options_, workload_,
        [&](Pause& pause) {
          PlanPause all(pause, before, state_of_all);
          return must_stop_(all);
        },
        {}, std::move(state), &task);
    FaultsMet met = std::move(outcome.faults);
    if (plan.empty()) {
      sum_ = std::move(outcome);
      sum_.part.plans.resize(options_.faults.faults_max() + 1);
    } else {
      sum_.add(std::move(outcome));
    }
    return met;
  }

  void save_or_load(Archive& archive, std::string& state_of_plan) {
    std::vector<FaultPlan> longer(longer_.begin(), longer_.end());
    archive(faults_, plans_, at_, longer, sum_, state_of_plan);
    longer_ = {longer.begin(), longer.end()};
    if (archive.loads() && at_ >= plans_.size()) throw ArchiveError();
  }

  const CheckOptions& options_;
  const Workload& workload_;
  const MustStop& must_stop_;
  const LaneClasses classes_;
  std::size_t faults_ = 0;               // of each plan that is being explored
  std::vector<FaultPlan> plans_ = {{}};  // of so many
  std::size_t at_ = 0;                   // of them
  std::set<FaultPlan> longer_;           // of one more
  WorkloadOutcome sum_;
};

}  // namespace

WorkloadOutcome check_with_faults(const CheckOptions& options, const Workload& workload,
                                  const MustStop& must_stop, std::string state) {
  if (is_sampling(options.strategy))
    return sample_with_faults(options, workload, must_stop, std::move(state));
  return FaultCheck(options, workload, must_stop).run(std::move(state));
}

}  // namespace simcheck::model
