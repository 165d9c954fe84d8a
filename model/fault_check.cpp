#include "model/fault_check.hpp"

#include <set>
#include <utility>

#include "model/fault_sampling.hpp"
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

  WorkloadOutcome run() {
    std::set<FaultPlan> plans = {{}};
    for (std::size_t faults = 0; !plans.empty(); ++faults) {
      std::set<FaultPlan> longer;
      for (const FaultPlan& plan : plans) {
        const FaultsMet met = explore(plan);
        if (met.all_fired) ++sum_.part.plans[faults];
        if (!sum_.exhausted) return std::move(sum_);
        for (const FaultPlan& next : extensions(plan, met, options_.faults))
          longer.insert(canonical(next, classes_));
      }
      plans = std::move(longer);
    }
    return std::move(sum_);
  }

 private:
  FaultsMet explore(const FaultPlan& plan) {
    const Counts before = sum_.part.counts;
    const PlanTask task{.plan = plan};
    auto outcome = check_workload(
        options_, workload_,
        [&](Pause& pause) {
          PlanPause all(pause, before);
          return must_stop_(all);
        },
        {}, {}, &task);
    FaultsMet met = std::move(outcome.faults);
    if (plan.empty()) {
      sum_ = std::move(outcome);
      sum_.part.plans.resize(options_.faults.faults_max() + 1);
    } else {
      sum_.add(std::move(outcome));
    }
    return met;
  }

  const CheckOptions& options_;
  const Workload& workload_;
  const MustStop& must_stop_;
  const LaneClasses classes_;
  WorkloadOutcome sum_;
};

}  // namespace

WorkloadOutcome check_with_faults(const CheckOptions& options, const Workload& workload,
                                  const MustStop& must_stop) {
  if (is_sampling(options.strategy)) return sample_with_faults(options, workload, must_stop);
  return FaultCheck(options, workload, must_stop).run();
}

}  // namespace simcheck::model
