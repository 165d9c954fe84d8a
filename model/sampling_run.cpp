#include "model/sampling_run.hpp"

#include <fmt/format.h>

#include <utility>

#include "model/sampling.hpp"
#include "model/trace_counter.hpp"
#include "sim/assert.hpp"

namespace simcheck::model {
namespace {

std::size_t place_of(const Workload& workload, const CheckOptions& options) {
  const auto place = static_cast<std::size_t>(&workload - options.workloads.data());
  SIMCHECK_ASSERT(place < options.workloads.size(), "a workload to sample is one of the list");
  return place;
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
                                        Explorer& explorer) {
  const SamplingOptions& sampling = options.sampling;
  const std::size_t place = place_of(workload, options);
  const SampleRange range{.seed = sampling.seed,
                          .workload = place,
                          .first = sampling.first_sample,
                          .count = sampling.samples};
  auto seen =
      sampling.traces != nullptr ? sampling.traces->of(place) : std::make_shared<TraceSet>();
  return std::make_unique<TraceCounter>(make_sampler(options, range, explorer),
                                        explorer.footprints(), explorer.fiber_count(),
                                        std::move(seen));
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
  result.coverage.bounds.push_back(
      fmt::format("{} samples of {}{}, seed {}", sampling.samples, result.strategy,
                  options.workloads.size() > 1 ? " for each workload" : "", sampling.seed));
}

}  // namespace simcheck::model
