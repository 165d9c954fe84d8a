// Strong types for the small integers that name things in a World. All are dense, start at 0 and
// are given in order of creation, so they are the same in every execution of a scenario.
#pragma once

#include <compare>
#include <cstdint>

namespace simcheck::sim {

/// A fiber of a World; also the name of its request's lane in reports. At most kFibersMax.
enum class FiberId : std::uint32_t {};
/// A shared object of a World: a Shared<T>, a lock, a wait queue, a disk, a virtual object.
enum class ObjectId : std::uint32_t {};
/// A guest request of the workload, in the order of the workload.
enum class RequestId : std::uint32_t {};
/// An event loop; the fibers of one thread never run at the same time.
enum class ThreadId : std::uint32_t {};

inline constexpr std::uint32_t kFibersMax = 64;
inline constexpr RequestId kNoRequest{0xffffffff};

template <class Id>
constexpr std::uint32_t index_of(Id id) noexcept {
  return static_cast<std::uint32_t>(id);
}

}  // namespace simcheck::sim
