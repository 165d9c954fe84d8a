#include "model/sampling_run.hpp"

#include <fmt/format.h>

#include <utility>

#include "model/sampling.hpp"
#include "model/trace_counter.hpp"
#include "model/trace_set.hpp"
#include "sim/assert.hpp"
#include "sim/hash128.hpp"

namespace simcheck::model {
namespace {

std::size_t place_of(const Workload& workload, const CheckOptions& options) {
  const auto place = static_cast<std::size_t>(&workload - options.workloads.data());
  SIMCHECK_ASSERT(place < options.workloads.size(), "a workload to sample is one of the list");
  return place;
}

// Equal footprints do not make equal traces where different faults hit.
sim::Hash128 hash_of(const sim::FaultPlan& plan) {
  sim::Hash128 hash;
  for (const sim::Fault& fault : plan) {
    sim::mix(hash, std::uint64_t{fault.io} << 32 | sim::index_of(fault.fiber));
    sim::mix(hash, static_cast<std::uint64_t>(fault.kind));
  }
  return hash;
}

// To pct, the power is a fiber as any other, with a priority: its odds count the cut as a step.
sim::FiberSet power_of(const CheckOptions& options, const Explorer& explorer) {
  return options.strategy == StrategyKind::kPct ? 0 : explorer.world().power();
}

std::unique_ptr<Strategy> make_sampler(const CheckOptions& options, const SampleRange& range,
                                       Explorer& explorer) {
  const std::size_t fibers = explorer.fiber_count();
  switch (options.strategy) {
    case StrategyKind::kPct:
      return make_pct(range, fibers, options.sampling.pct_depth);
    case StrategyKind::kPos:
      return make_pos(range, explorer.footprints(), fibers);
    case StrategyKind::kSurw:
      return make_surw(range, fibers);
    default:
      return make_random_walk(range);
  }
}

}  // namespace

bool is_sampling(StrategyKind kind) {
  return kind == StrategyKind::kRandom || kind == StrategyKind::kPct ||
         kind == StrategyKind::kPos || kind == StrategyKind::kSurw;
}

std::unique_ptr<Strategy> make_sampling(const CheckOptions& options, const Workload& workload,
                                        const PlanTask* plan, Explorer& explorer) {
  const SamplingOptions& sampling = options.sampling;
  const SampleRange range{.seed = sampling.seed,
                          .workload = place_of(workload, options),
                          .first = plan != nullptr ? plan->first_sample : sampling.first_sample,
                          .count = plan != nullptr ? plan->samples : sampling.samples,
                          .power = power_of(options, explorer)};
  return std::make_unique<TraceCounter>(
      make_sampler(options, range, explorer), explorer.footprints(), explorer.fiber_count(),
      plan != nullptr ? plan->traces : traces_of(options, workload),
      plan != nullptr ? hash_of(plan->plan) : sim::Hash128{});
}

std::shared_ptr<TraceSet> traces_of(const CheckOptions& options, const Workload& workload) {
  TraceSets* const sets = options.sampling.traces;
  return sets != nullptr ? sets->of(place_of(workload, options)) : std::make_shared<TraceSet>();
}

std::uint64_t seed_of_plans(const CheckOptions& options, const Workload& workload) {
  sim::Hash128 hash = sim::kHashSeed;
  sim::mix(hash, options.sampling.seed);
  sim::mix(hash, place_of(workload, options));
  sim::mix(hash, options.sampling.first_sample);
  return hash.low;
}

Sampled sampled_in_all(const Result& result) {
  Sampled all;
  for (const WorkloadResult& workload : result.workloads) {
    if (!workload.sampled) continue;
    all.distinct_traces += workload.sampled->distinct_traces;
    all.at_least |= workload.sampled->at_least;
    const auto& odds = workload.sampled->odds;
    if (odds && (!all.odds || is_worse(*odds, *all.odds))) all.odds = odds;
  }
  return all;
}

void describe_sampling(const CheckOptions& options, Result& result) {
  const SamplingOptions& sampling = options.sampling;
  result.sampling = {
      .seed = sampling.seed, .samples = sampling.samples, .sampled = sampled_in_all(result)};
  result.coverage.bounds.push_back(fmt::format(
      "{} {} of {}{}, seed {}", sampling.samples, sampling.samples == 1 ? "sample" : "samples",
      result.strategy, options.workloads.size() > 1 ? " for each workload" : "", sampling.seed));
}

}  // namespace simcheck::model
