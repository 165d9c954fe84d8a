// Parts that several JSON documents have in common.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "model/result.hpp"

namespace simcheck::reports {

/// Appends `executions`, `deadlocked`, `blocked` and `transitions`.
void add_counts(nlohmann::ordered_json& json, const model::Counts& counts);

/// What the search covered, and whether that was all.
nlohmann::ordered_json coverage_json(const model::Result& result);

}  // namespace simcheck::reports
