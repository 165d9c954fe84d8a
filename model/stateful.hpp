// Depth-first search over states instead of executions: `stateful`.
#pragma once

#include <cstdint>
#include <memory>

#include "model/explorer.hpp"
#include "model/strategy.hpp"

namespace simcheck::model {

/// The explorer's world must hash its states (World::hash_states) and is asked for them, so the
/// explorer must outlive the strategy. Keeps at most `states_max` states; one more ends the
/// exploration, and visited() says so.
std::unique_ptr<Strategy> make_stateful(Explorer& explorer, std::uint64_t states_max);

}  // namespace simcheck::model
