// Random histories for RapidCheck.
#pragma once

#include <rapidcheck.h>

#include "tests/properties/history_builder.hpp"

namespace simcheck::test {

// Small enough that requests often overlap and a judge can be checked byte by byte.
inline constexpr DiskSizes kTinyDisks{.sector = 32, .data = 512, .log = 8192, .run_max = 40};

// Any kind of request, aligned to the sectors of kTinyDisks.
rc::Gen<sim::RequestInfo> any_request();

// What a driver without a mistake makes of some requests, in any interleaving: each is submitted,
// changes the data device, is logged at the log's end, and acknowledged. Call inside a property.
HistoryBuilder any_proper_history();

}  // namespace simcheck::test
