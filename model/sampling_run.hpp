// Sampling as a part of a check: from the options to a strategy, and from what it saw to the
// result.
#pragma once

#include <cstdint>
#include <memory>

#include "model/check_options.hpp"
#include "model/explorer.hpp"
#include "model/result.hpp"
#include "model/strategy.hpp"
#include "model/workload_check.hpp"

namespace simcheck::model {

/// Does it draw executions at random, and so never covers everything?
bool is_sampling(StrategyKind kind);

/// The sampling strategy of the options for one of their workloads; it counts the traces it sees.
/// `plan` says which of the samples it draws, or is null: all.
std::unique_ptr<Strategy> make_sampling(const CheckOptions& options, const Workload& workload,
                                        const PlanTask* plan, Explorer& explorer);

/// Where the traces of the workload are counted: across the rounds of a soak.
std::shared_ptr<TraceSet> traces_of(const CheckOptions& options, const Workload& workload);

/// From what the plans of a workload are drawn; in a soak other ones in each round.
std::uint64_t seed_of_plans(const CheckOptions& options, const Workload& workload);

/// Adds to a finished result what sampling saw over all workloads, and that samples bounded it.
void describe_sampling(const CheckOptions& options, Result& result);

/// What sampling saw over all workloads of a result.
Sampled sampled_in_all(const Result& result);

}  // namespace simcheck::model
