// What can run after a power cut, by name. To add one, write a function like truncate_log() and
// list it in recoveries.cpp.
#pragma once

#include <span>
#include <string_view>

#include "sim/sim.hpp"

namespace simcheck::drivers {

struct RecoveryInfo {
  std::string_view name;     ///< what users type
  std::string_view summary;  ///< one line, at most 60 characters
  sim::Recovery recovery;
};

/// The first is no recovery: properties judge what the cut left.
std::span<const RecoveryInfo> all_recoveries();

/// Makes the superblock count no entry behind the first that cannot be one: a hole, or a header
/// that no driver writes. Entries that it does not count stay uncounted, since nothing tells
/// whether their data is there.
void truncate_log(const sim::RecoveryDevices& devices);

}  // namespace simcheck::drivers
