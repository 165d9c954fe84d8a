// Reading --faults and --fault-plan. Both throw a UsageError that says what would be right.
#pragma once

#include <string_view>

#include "model/fault_options.hpp"
#include "sim/faults.hpp"

namespace simcheck::cli {

/// "eio=1,torn=1", "eio.log.write=2", "enospc=40": KIND[.DEVICE][.REQUEST]=BUDGET, and for enospc
/// the number of sectors that the log has.
model::FaultOptions read_faults(std::string_view text);

/// "A.2=eio,B.1=torn-early".
sim::FaultPlan read_fault_plan(std::string_view text);

}  // namespace simcheck::cli
