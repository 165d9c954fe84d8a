// Errors say which workload of which driver they come from.
#pragma once

#include <fmt/format.h>

#include <exception>

#include "model/check_options.hpp"
#include "model/divergence.hpp"
#include "model/workload_parser.hpp"
#include "sim/code_failed.hpp"

namespace simcheck::model {

/// The error, of a type that is made of a text, with driver and workload before what it says.
/// Whoever replays a schedule has named them already.
template <class Error>
Error named(const CheckOptions& options, const Workload& workload, const Error& error) {
  if (options.strategy == StrategyKind::kReplay) return error;
  return Error(fmt::format("driver '{}', workload '{}': {}", options.driver, to_text(workload),
                           error.what()));
}

/// The same of what is being caught, if it is an error of the code under test.
inline std::exception_ptr named_current(const CheckOptions& options, const Workload& workload) {
  try {
    throw;
  } catch (const Divergence& divergence) {
    return std::make_exception_ptr(named(options, workload, divergence));
  } catch (const sim::CodeFailed& failure) {
    return std::make_exception_ptr(named(options, workload, failure));
  } catch (...) {
    return std::current_exception();
  }
}

}  // namespace simcheck::model
