// The words in which properties speak of requests, entries and sectors; reports name requests the
// same way. Everything here allocates, so it is for violations only.
#pragma once

#include <cstdint>
#include <string>

#include "sim/event_history.hpp"

namespace simcheck::properties {

/// "A" to "Z", then "R26", "R27", ...: the name of a lane in every report.
std::string lane_name(std::uint32_t lane);

/// "A": the lane that a fiber is, in the scenarios in which each request has one.
std::string lane_name(sim::FiberId fiber);

/// The lane that issued the request; behind a filter a lane may issue several.
std::string request_name(const sim::History& history, sim::RequestId request);

/// "zeroes 0 4k", as in a workload.
std::string request_words(const sim::RequestInfo& request);

/// "request A (zeroes 0 4k)", or "no request".
std::string describe(const sim::History& history, sim::RequestId request);

/// "4k" for 4096, "513" for 513.
std::string byte_count(std::uint64_t bytes);

/// "1 entry", "2 entries".
std::string entry_count(std::uint64_t count);

/// "1st", "2nd", "11th".
std::string ordinal(std::uint64_t number);

/// "log sector 5", "log sectors 2..9", both inclusive. Requires begin < end.
std::string log_sectors(std::uint64_t begin, std::uint64_t end);

}  // namespace simcheck::properties
