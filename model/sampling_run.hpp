// Sampling as a part of a check: from the options to a strategy, and from what it saw to the
// result.
#pragma once

#include <memory>

#include "model/check.hpp"
#include "model/explorer.hpp"
#include "model/result.hpp"
#include "model/strategy.hpp"

namespace simcheck::model {

/// Does it draw executions at random, and so never covers everything?
bool is_sampling(StrategyKind kind);

/// The sampling strategy of the options for one of their workloads; it counts the traces it sees.
std::unique_ptr<Strategy> make_sampling(const CheckOptions& options, const Workload& workload,
                                        Explorer& explorer);

/// Adds to a finished result what sampling saw over all workloads, and that samples bounded it.
void describe_sampling(const CheckOptions& options, Result& result);

/// What sampling saw over all workloads of a result.
Sampled sampled_in_all(const Result& result);

}  // namespace simcheck::model
