#include "cli/settle_checkpoint.hpp"

#include <fmt/format.h>

#include "cli/usage_error.hpp"

namespace simcheck::cli {

void settle_checkpoint(Options& options) {
  const char* const given = !options.resume.empty() ? "--resume" : "--checkpoint";
  if (options.checkpoint.empty()) options.checkpoint = options.resume;
  if (options.checkpoint.empty()) {
    if (!options.checkpoint_interval) return;
    throw UsageError("--checkpoint-interval says how often --checkpoint FILE saves; add that");
  }
  if (options.strategy == model::StrategyKind::kReplay)
    throw UsageError(fmt::format("{}: a replay is one execution; leave it out", given));
  if (options.soak_seconds)
    throw UsageError(fmt::format(
        "{}: --time draws samples against the clock, and nothing of that is saved; leave out one",
        given));
}

}  // namespace simcheck::cli
