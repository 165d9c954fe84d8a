// The catalog of built-in properties. A new one is a file of its own (copy the shortest), declared
// here and listed in all.cpp.
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "properties/property.hpp"

namespace simcheck::properties {

struct PropertyInfo {
  std::string_view name;
  std::string_view summary;
  std::unique_ptr<Property> (*make)();
  /// Checked where no property is asked for. cli::is_default() has the exceptions: race-free needs
  /// several threads, survives-io-error and failed-not-logged need faults, and crash-parses, which
  /// is false here, is checked by default with power cuts.
  bool by_default = true;
};

/// In the order in which reports name what one execution broke: the most telling first.
std::span<const PropertyInfo> all_properties();

std::unique_ptr<Property> make_no_overlap();
std::unique_ptr<Property> make_contiguous();
std::unique_ptr<Property> make_log_parses();
std::unique_ptr<Property> make_replay_matches();
std::unique_ptr<Property> make_acked_order();
std::unique_ptr<Property> make_deadlock_free();
std::unique_ptr<Property> make_terminates();
std::unique_ptr<Property> make_no_exception();
std::unique_ptr<Property> make_race_free();
std::unique_ptr<Property> make_survives_io_error();
std::unique_ptr<Property> make_failed_not_logged();
std::unique_ptr<Property> make_super_monotone();
std::unique_ptr<Property> make_super_covers_complete();
std::unique_ptr<Property> make_super_interval();
std::unique_ptr<Property> make_flush_durable();
std::unique_ptr<Property> make_flush_covers_issued_only();
std::unique_ptr<Property> make_fua_recorded();
std::unique_ptr<Property> make_crash_parses();

}  // namespace simcheck::properties
