#include "model/fault_sampling.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "model/archive_types.hpp"
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
        left_(options.sampling.samples),
        next_sample_(options.sampling.first_sample),
        random_(seed_of_plans(options, workload)) {
    sum_.exercised.resize(options.properties.size());
    sum_.exhausted = true;
    sum_.part.plans.resize(options.faults.faults_max() + 1);
  }

  WorkloadOutcome run(std::string state) {
    std::string state_of_plan;
    if (state.empty()) {
      drawn_ = {{{}, share(0)}};
    } else {
      Archive archive(std::move(state));
      save_or_load(archive, state_of_plan);
      archive.require_end();
    }
    for (; !drawn_.empty(); ++shares_drawn_) {
      for (; at_ < drawn_.size(); ++at_) {
        const FaultPlan& plan = drawn_[at_].plan;
        const FaultsMet met = explore(drawn_[at_], std::exchange(state_of_plan, {}));
        left_ -= drawn_[at_].samples;
        if (met.all_fired && met_.insert(plan).second) ++sum_.part.plans[plan.size()];
        if (!sum_.exhausted) return conclude();
        std::ranges::move(extensions(plan, met, options_.faults), std::back_inserter(longer_));
      }
      drawn_ = draw(plans_to_draw_from(), share(shares_drawn_ + 1));
      at_ = 0;
    }
    return conclude();
  }

 private:
  // A plan, and how many samples are drawn of it.
  struct Drawn {
    FaultPlan plan;
    std::uint64_t samples = 0;

    void save_or_load(Archive& archive) { archive(plan, samples); }
  };

  // Of what is left, once so many shares are drawn: there is one for each number of faults.
  std::uint64_t share(std::size_t drawn) const {
    const std::size_t shares = options_.faults.faults_max() + 1 - drawn;
    if (shares == 0) return 0;
    return left_ / shares + (left_ % shares != 0 ? 1 : 0);
  }

  // Those of one fault more; where no execution allowed any, the same again, so that as many
  // samples are drawn as were asked for, and perhaps one of these does.
  std::vector<FaultPlan> plans_to_draw_from() {
    std::vector<FaultPlan> plans = std::exchange(longer_, {});
    if (!plans.empty()) return plans;
    for (const Drawn& drawn : drawn_) plans.push_back(drawn.plan);
    return plans;
  }

  std::vector<Drawn> draw(const std::vector<FaultPlan>& plans, std::uint64_t samples) {
    std::map<FaultPlan, std::uint64_t> batches;
    while (samples > 0 && !plans.empty()) {
      const std::uint64_t batch = std::min(samples, kSamplesPerPlan);
      batches[plans[random_.below(plans.size())]] += batch;
      samples -= batch;
    }
    std::vector<Drawn> drawn;
    for (const auto& [plan, count] : batches) drawn.push_back({plan, count});
    return drawn;
  }

  FaultsMet explore(const Drawn& drawn, std::string state) {
    const Counts before = sum_.part.counts;
    const PlanTask task{.plan = drawn.plan,
                        .first_sample = next_sample_,
                        .samples = drawn.samples,
                        .traces = traces_};
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
    next_sample_ += drawn.samples;
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

  // The traces that were seen are part of the plan's state.
  void save_or_load(Archive& archive, std::string& state_of_plan) {
    std::vector<FaultPlan> met(met_.begin(), met_.end());
    archive(shares_drawn_, drawn_, at_, longer_, met, left_, next_sample_, random_, sum_,
            state_of_plan);
    met_ = {met.begin(), met.end()};
    if (archive.loads() && at_ >= drawn_.size()) throw ArchiveError();
  }

  const CheckOptions& options_;
  const Workload& workload_;
  const MustStop& must_stop_;
  std::shared_ptr<TraceSet> traces_;
  std::size_t shares_drawn_ = 0;   // before that of the plans that are being explored
  std::vector<Drawn> drawn_;       // these, of equally many faults
  std::size_t at_ = 0;             // of them
  std::vector<FaultPlan> longer_;  // of one fault more
  std::set<FaultPlan> met_;        // of all faults, in some execution
  std::uint64_t left_;             // samples to draw
  std::uint64_t next_sample_;
  sim::Random random_;
  WorkloadOutcome sum_;
};

}  // namespace

WorkloadOutcome sample_with_faults(const CheckOptions& options, const Workload& workload,
                                   const MustStop& must_stop, std::string state) {
  return FaultSampling(options, workload, must_stop).run(std::move(state));
}

}  // namespace simcheck::model
