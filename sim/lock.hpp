// A lock that one fiber at a time can hold, as World sees it when several threads run: who wants it
// is not enabled while another holds it. Mutex and a thread's event loop are made of this.
#pragma once

#include "sim/fiber_set.hpp"
#include "sim/ids.hpp"

namespace simcheck::sim {

struct Lock {
  ObjectId object{};
  bool held = false;
  FiberId holder{};        ///< while held
  FiberSet wanted_by = 0;  ///< fibers that could go on, were it free
};

}  // namespace simcheck::sim
