#include "cli/settle_strategy.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cli/usage_error.hpp"

namespace simcheck::cli {

void settle_strategy(Options& options) {
  using Kind = model::StrategyKind;
  const bool has_schedule = !options.schedule.empty();
  if (options.strategy == Kind::kReplay && !has_schedule)
    throw UsageError("--strategy replay needs the schedule: --replay s1:...");
  if (has_schedule && options.strategy.value_or(Kind::kReplay) != Kind::kReplay)
    throw UsageError("--replay runs one schedule and excludes other strategies; leave out one");
  if (has_schedule && options.workload.empty())
    throw UsageError("--replay needs the workload that its schedule belongs to: add --workload");
  options.strategy = has_schedule ? Kind::kReplay : options.strategy.value_or(Kind::kDpor);
}

void settle_equivalence(Options& options) {
  using model::Equivalence;
  const bool possible = options.strategy == model::StrategyKind::kDpor && !options.preemptions;
  if (options.equivalence == Equivalence::kObserved && !possible) {
    throw UsageError("--equivalence observed is for dpor without --preemptions; leave it out");
  }
  const bool cuts = options.faults.power_cut;
  const auto sees_order = [cuts](const properties::PropertyInfo* info) {
    const properties::Observes observes = info->make()->observes();
    return observes.overwritten || (cuts && observes.cut != 0);
  };
  const auto seen = std::ranges::find_if(options.properties, sees_order);
  if (options.equivalence == Equivalence::kObserved && seen != options.properties.end()) {
    throw UsageError(fmt::format(
        "--equivalence observed leaves open in which order writes overwrite one another, and {} "
        "looks at that; leave one of them out",
        (*seen)->name));
  }
  if (!options.equivalence) {
    options.equivalence = possible ? Equivalence::kObserved : Equivalence::kTrace;
  }
}

}  // namespace simcheck::cli
