#include "model/fault_sampling.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "model/plan_pause.hpp"
#include "model/sampling_run.hpp"
#include "model/trace_set.hpp"
#include "sim/random.hpp"

namespace simcheck::model {
namespace {

using sim::FaultPlan;

class FaultSampling {
 public:
  FaultSampling(const CheckOptions& options, const Workload& workload, const MustStop& must_stop)
      : options_(options),
        workload_(workload),
        must_stop_(must_stop),
        traces_(traces_of(options, workload)),
        next_sample_(options.sampling.first_sample),
        random_(seed_of_plans(options, workload)) {
    sum_.exercised.resize(options.properties.size());
    sum_.exhausted = true;
    sum_.part.plans.resize(options.faults.faults_max() + 1);
  }

  WorkloadOutcome run() {
    std::uint64_t left = options_.sampling.samples;
    std::map<FaultPlan, std::uint64_t> drawn = {{{}, share(left, 0)}};
    for (std::size_t faults = 0; !drawn.empty(); ++faults) {
      std::vector<FaultPlan> longer;
      for (const auto& [plan, samples] : drawn) {
        left -= samples;
        const FaultsMet met = explore(plan, samples);
        if (met.all_fired) ++sum_.part.plans[faults];
        if (!sum_.exhausted) return conclude();
        std::ranges::move(extensions(plan, met, options_.faults), std::back_inserter(longer));
      }
      drawn = draw(longer, share(left, faults + 1));
    }
    return conclude();
  }

 private:
  std::uint64_t share(std::uint64_t left, std::size_t faults) const {
    const std::size_t levels = options_.faults.faults_max() + 1 - faults;
    return levels == 0 ? 0 : (left + levels - 1) / levels;
  }

  std::map<FaultPlan, std::uint64_t> draw(const std::vector<FaultPlan>& plans,
                                          std::uint64_t samples) {
    std::map<FaultPlan, std::uint64_t> drawn;
    while (samples > 0 && !plans.empty()) {
      const std::uint64_t batch = std::min(samples, kSamplesPerPlan);
      drawn[plans[random_.below(plans.size())]] += batch;
      samples -= batch;
    }
    return drawn;
  }

  FaultsMet explore(const FaultPlan& plan, std::uint64_t samples) {
    const Counts before = sum_.part.counts;
    const PlanTask task{
        .plan = plan, .first_sample = next_sample_, .samples = samples, .traces = traces_};
    auto outcome = check_workload(
        options_, workload_,
        [&](Pause& pause) {
          PlanPause all(pause, before);
          return must_stop_(all);
        },
        {}, {}, &task);
    next_sample_ += samples;
    FaultsMet met = std::move(outcome.faults);
    sum_.part.workload = outcome.part.workload;
    sum_.part.sampled = outcome.part.sampled;  // the traces are those of all plans so far
    sum_.add(std::move(outcome));
    return met;
  }

  WorkloadOutcome conclude() {
    if (sum_.part.sampled) sum_.part.sampled->odds.reset();
    return std::move(sum_);
  }

  const CheckOptions& options_;
  const Workload& workload_;
  const MustStop& must_stop_;
  std::shared_ptr<TraceSet> traces_;
  std::uint64_t next_sample_;
  sim::Random random_;
  WorkloadOutcome sum_;
};

}  // namespace

WorkloadOutcome sample_with_faults(const CheckOptions& options, const Workload& workload,
                                   const MustStop& must_stop) {
  return FaultSampling(options, workload, must_stop).run();
}

}  // namespace simcheck::model
