// What may be missing, in JSON.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

namespace simcheck::reports {

/// Null if there is none.
template <typename Value>
nlohmann::ordered_json or_null(const std::optional<Value>& value) {
  return value ? nlohmann::ordered_json(*value) : nlohmann::ordered_json();
}

/// Null if it is empty.
inline nlohmann::ordered_json or_null(const std::string& text) {
  return text.empty() ? nlohmann::ordered_json() : nlohmann::ordered_json(text);
}

}  // namespace simcheck::reports
