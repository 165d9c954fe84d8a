// What an access of shared data is to other threads.
#pragma once

#include <cstdint>

namespace simcheck::sim {

enum class Atomicity : std::uint8_t {
  kPlain,   ///< an ordinary variable's
  kAtomic,  ///< a load or a store of a std::atomic
  kUpdate   ///< read and written in one: an exchange, an addition
};

}  // namespace simcheck::sim
