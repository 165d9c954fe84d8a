// How large the exploration of a workload may be, against others: a guess, for progress.
#pragma once

#include "model/workload.hpp"

namespace simcheck::model {

/// For each stage of n requests (n!)^2, divided, with symmetry, by the orders of equal requests.
/// That is what `dpor` needs for write-logging drivers, without the flushes.
double weight_of(const Workload& workload, bool symmetry);

}  // namespace simcheck::model
