// What every reader of another program's list of requests promises: any bytes are refused or become
// a workload that is printed and read as the same.
#pragma once

#include "model/workload_parser.hpp"
#include "tests/fuzz/harness.hpp"
#include "traces/trace.hpp"

namespace simcheck::fuzz {

inline void require_workload(const traces::Result& result) {
  if (const auto* error = std::get_if<traces::Error>(&result)) {
    require(!error->message.empty(), "an error says what is wrong");
    require(error->message.find('\n') == error->message.npos, "in one line");
    return;
  }
  const auto& workload = std::get<traces::Trace>(result).workload;
  require(workload.size() <= traces::kRequestsMax, "a trace keeps to its bound");
  if (workload.size() == 0) return;
  const std::string text = model::to_text(workload);
  const auto again = model::parse_workload(text);
  require(std::holds_alternative<model::Workload>(again), "what is printed can be read");
  require(model::to_text(std::get<model::Workload>(again)) == text, "and is the same");
}

}  // namespace simcheck::fuzz
