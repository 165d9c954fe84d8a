// A data race as properties see it.
#pragma once

#include <cstdint>

#include "sim/ids.hpp"

namespace simcheck::sim {

/// One of the two accesses of a race.
struct RaceAccess {
  FiberId fiber{};
  std::uint32_t step = 0;  ///< of the execution, from 0
  bool is_write = false;
  RequestId request = kNoRequest;  ///< that the fiber carried out then
};

struct DataRace {
  ObjectId object{};
  RaceAccess earlier, later;  ///< in the execution at hand; nothing orders them
};

}  // namespace simcheck::sim
