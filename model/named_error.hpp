// Errors say which workload of which driver they come from.
#pragma once

#include <fmt/format.h>

#include "model/check_options.hpp"
#include "model/workload_parser.hpp"

namespace simcheck::model {

/// The error, of a type that is made of a text, with driver and workload before what it says.
/// Whoever replays a schedule has named them himself.
template <class Error>
Error named(const CheckOptions& options, const Workload& workload, const Error& error) {
  if (options.strategy == StrategyKind::kReplay) return error;
  return Error(fmt::format("driver '{}', workload '{}': {}", options.driver, to_text(workload),
                           error.what()));
}

}  // namespace simcheck::model
