#include "cli/settle_events.hpp"

#include "cli/event_file.hpp"
#include "cli/usage_error.hpp"

namespace simcheck::cli {

void settle_events(const Options& options) {
  if (options.events != kStandardOutput) return;
  if (options.json || options.output.format != nullptr)
    throw UsageError(
        "--events - takes standard output for the events; give the result a file (--output), or "
        "the events");
}

}  // namespace simcheck::cli
