// What a stateful search visited, in words and as JSON.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "model/visited.hpp"

namespace simcheck::reports {

/// "1,234 states, 567 revisits".
std::string states_text(const model::Visited& visited);

/// The same, with the chance that a state was missed.
std::string all_states_text(const model::Visited& visited);

nlohmann::ordered_json visited_json(const model::Visited& visited);

}  // namespace simcheck::reports
