// Content of one repeated byte.
#pragma once

#include <cstddef>
#include <cstdint>

#include "sim/sim.hpp"

namespace simcheck::test {

inline sim::Payload filled(unsigned fill, std::uint64_t length) {
  return sim::Payload::filled(static_cast<std::byte>(fill), length);
}

inline bool is_filled(const sim::Disk& disk, std::uint64_t offset, std::uint64_t length,
                      unsigned fill) {
  return sim::is_filled(disk, offset, length, static_cast<std::byte>(fill));
}

inline const sim::Payload kOnes = filled(1, 512);  ///< a sector

}  // namespace simcheck::test
