#include "properties/all.hpp"

#include <array>

namespace simcheck::properties {
namespace {

// They look at more than the end, so that there are more executions to tell apart; and no
// generation of the log writer keeps all of them.
PropertyInfo on_request(std::unique_ptr<Property> (*make)()) {
  return {.make = make, .by_default = false};
}

}  // namespace

std::span<const PropertyInfo> all_properties() {
  static const auto catalog = [] {
    std::array infos = {
        PropertyInfo{.make = make_no_overlap},
        PropertyInfo{.make = make_contiguous},
        PropertyInfo{.make = make_log_parses},
        PropertyInfo{.make = make_replay_matches},
        PropertyInfo{.make = make_acked_order},
        PropertyInfo{.make = make_deadlock_free},
        PropertyInfo{.make = make_terminates},
        PropertyInfo{.make = make_no_exception},
        PropertyInfo{.make = make_race_free},
        PropertyInfo{.make = make_survives_io_error},
        PropertyInfo{.make = make_failed_not_logged},
        on_request(make_crash_parses),
        on_request(make_super_monotone),
        on_request(make_super_covers_complete),
        on_request(make_super_interval),
        on_request(make_flush_durable),
        on_request(make_flush_covers_issued_only),
        on_request(make_fua_recorded),

    };
    for (PropertyInfo& info : infos) {  // their own words, which live as long as the program
      const auto property = info.make();
      info.name = property->name();
      info.summary = property->summary();
    }
    return infos;
  }();
  return catalog;
}

}  // namespace simcheck::properties
