#include "model/check_options.hpp"

#include <algorithm>
#include <optional>
#include <utility>
#include <variant>

#include "model/divergence.hpp"
#include "model/power_cut.hpp"

namespace simcheck::model {

Equivalence equivalence_of(const CheckOptions& options) {
  const bool sees = see_overwritten(options.properties, options.power_cut);
  return sees ? Equivalence::kTrace : options.equivalence;
}

bool uses_symmetry(const CheckOptions& options) {
  return options.symmetry && options.strategy != StrategyKind::kReplay &&
         std::ranges::all_of(options.properties,
                             [](const auto& property) { return property->is_symmetric(); });
}

BlockScenario scenario_of(const CheckOptions& options, const Workload& workload) {
  return {.workload = workload,
          .make_device = options.make_device,
          .make_filter = options.make_filter,
          .log_sector_size = options.log_sector_size,
          .super_interval = options.super_interval,
          .in_flight_max = options.in_flight_max,
          .threads = options.threads,
          .symmetry = uses_symmetry(options),
          .power_cut = options.power_cut,
          .log_bytes = options.faults.log_sectors != 0
                           ? options.faults.log_sectors * options.log_sector_size
                           : sim::Disk::kDefaultBytes,
          .initial_log = options.initial_log,
          .faults = options.fault_plan,
          .fault_scope =
              options.faults.has_plans() ? std::optional(scope_of(options.faults)) : std::nullopt};
}

Schedule schedule_of(const std::string& text) {
  auto parsed = parse_schedule(text);
  if (const auto* error = std::get_if<ScheduleError>(&parsed)) throw Divergence(error->message);
  return std::get<Schedule>(std::move(parsed));
}

}  // namespace simcheck::model
