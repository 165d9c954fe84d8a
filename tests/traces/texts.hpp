// Traces as text, for tests.
#pragma once

#include <string>

#include "model/workload.hpp"
#include "traces/trace.hpp"

namespace simcheck::test {

/// The workload, or "error: ..." .
inline std::string text_of(const traces::Result& result) {
  if (const auto* error = std::get_if<traces::Error>(&result)) return "error: " + error->message;
  return model::to_text(std::get<traces::Trace>(result).workload);
}

/// "3 read, 1 wait".
inline std::string omissions_of(const traces::Result& result) {
  std::string text;
  for (const auto& omission : std::get<traces::Trace>(result).omissions)
    text += (text.empty() ? "" : ", ") + std::to_string(omission.count) + " " + omission.what;
  return text;
}

}  // namespace simcheck::test
