#include "model/strategy.hpp"

#include "sim/assert.hpp"

namespace simcheck::model {

void Strategy::save_or_load(Archive&) { SIMCHECK_ASSERT(false, "this strategy cannot be saved"); }

}  // namespace simcheck::model
