#include "reports/lanes.hpp"

#include <utility>

#include "reports/lane_rows.hpp"
#include "reports/lane_table.hpp"
#include "reports/long_trace.hpp"
#include "reports/step_lines.hpp"
#include "reports/story.hpp"

namespace simcheck::reports {

std::vector<std::string> lanes(const model::Counterexample& counterexample,
                               const LanesOptions& options) {
  std::vector<Row> rows = story(counterexample, options.every_step);
  if (!options.every_step)
    rows = shortened(std::move(rows), counterexample,
                     "--verbose shows them, --json, --html and --trace hold them", options.width);
  const Paint paint{.colour = options.colour, .race = counterexample.race};
  if (const auto table = fit_table(counterexample.trace, rows, options.width)) {
    return table_lines(*table, rows, paint);
  }
  return step_lines(counterexample.trace, rows, options.width, paint);
}

}  // namespace simcheck::reports
