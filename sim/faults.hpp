// Faults of a disk, as choices that are made before an execution begins.
//
// A fault hits one disk request: the n-th that a fiber submits, on whatever disk. Which requests
// are hit, and how, is the plan of the execution; it is fixed at its start and is no shared state,
// so faults add no dependence between transitions. A fault of the plan whose request is never
// submitted, or is of a sort that the fault cannot hit, does nothing. Without a plan nothing here
// happens: the default is none of these.
//
// The unit is the disk's sector of 512 bytes (kDiskSectorBytes), whatever the log's sector size,
// and a request's sectors are counted from where it begins.
//   eio          Any request that lies on the disk. It fails with EIO at the moment at which it
//                would have taken effect, and nothing of it does: a read leaves its buffer alone, a
//                flush makes nothing durable.
//   torn-early   A write or write-zeroes of more than one sector. It fails with EIO, and its first
//                sector took effect, nothing else.
//   torn-late    One of more than two sectors. It fails with EIO, and all but its last sector took
//                effect. (These two are what a budget for `torn` tries: the least and the most.)
//   misdirected  A write or write-zeroes that leaves a sector free behind it on the disk. It
//                reports success and takes effect one sector further on; where it should have gone
//                nothing changes.
//   latent       A write or write-zeroes that is not empty. It takes effect and reports success,
//                but its first sector (or all of it, if it is less) does not keep what was
//                written: from then on it reads as the inverse of each of its bytes, without an
//                error, until it is written again.
//   lost-flush   A flush. It reports success and makes nothing durable. Only what observes
//                durability can tell.
// What a request that failed wrote is never durable: no flush covers it.
//
// A medium that fills up (ENOSPC) is no fault in this sense: it is a disk of another size, and so
// in every execution. Not modelled: errors that come back on a retry (a retry is a request of its
// own and is hit only if the plan says so), and delays.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/block_device.hpp"
#include "sim/ids.hpp"

namespace simcheck::sim {

inline constexpr std::uint64_t kDiskSectorBytes = 512;

enum class FaultKind : std::uint8_t {
  kNone,
  kEio,
  kTornEarly,
  kTornLate,
  kMisdirected,
  kLatent,
  kLostFlush
};
inline constexpr std::size_t kFaultKinds = 7;  ///< kNone included

/// "eio", "torn-early", ...; "" for kNone.
std::string_view to_string(FaultKind kind);

/// A set of kinds, as bits 1 << kind.
using FaultKindSet = std::uint8_t;
constexpr FaultKindSet bit_of(FaultKind kind) {
  return static_cast<FaultKindSet>(1U << static_cast<unsigned>(kind));
}

/// The `io`-th disk request of a fiber, from 1, is hit.
struct Fault {
  FiberId fiber{};
  std::uint32_t io = 1;
  FaultKind kind{};

  friend auto operator<=>(const Fault&, const Fault&) = default;
};

/// At most one fault for each request; in ascending order.
using FaultPlan = std::vector<Fault>;

/// What a fault must know of a request to tell whether it can hit it.
struct FaultTarget {
  bool lies_on_disk = true;  ///< else it fails anyway
  DeviceRole device{};
  IoKind kind{};
  std::uint64_t length = 0;        ///< bytes
  std::uint64_t bytes_behind = 0;  ///< of the disk, behind the request
};

/// The faults that can hit it.
FaultKindSet faults_possible(const FaultTarget& target);

/// Which requests a search looks at: for each kind of fault, bits of device and request kind.
class FaultScope {
 public:
  void add(FaultKind kind, DeviceRole device, IoKind io) { where_[index(kind)] |= bit(device, io); }
  bool has(FaultKind kind, DeviceRole device, IoKind io) const {
    return (where_[index(kind)] & bit(device, io)) != 0;
  }
  /// The kinds that are looked for in such a request.
  FaultKindSet kinds_at(DeviceRole device, IoKind io) const;

 private:
  static std::size_t index(FaultKind kind) { return static_cast<std::size_t>(kind); }
  static std::uint16_t bit(DeviceRole device, IoKind io) {
    return static_cast<std::uint16_t>(
        1U << (static_cast<unsigned>(device) * 5 + static_cast<unsigned>(io)));
  }
  std::array<std::uint16_t, kFaultKinds> where_{};
};

/// What hits a request, decided when it is submitted: one of the kinds that are possible, or kNone.
/// For simulations, which have no plan.
using FaultDraw = std::function<FaultKind(const FaultTarget& target, FaultKindSet possible)>;

/// The plan of one execution, and which faults were possible in it. Part of the World's memory.
class FaultInjector {
 public:
  FaultInjector(FaultPlan plan, const FaultScope& scope, std::size_t fibers)
      : plan_(std::move(plan)), scope_(scope), seen_(fibers) {}
  /// Without a plan, and remembers nothing.
  explicit FaultInjector(FaultDraw draw) : draw_(std::move(draw)) {}

  /// What hits the fiber's next request, which is this one.
  FaultKind next(FiberId fiber, const FaultTarget& target);

  const FaultPlan& plan() const { return plan_; }
  bool all_fired() const { return fired_ == plan_.size(); }
  /// By fiber, for each of its requests so far: the faults of the scope that could have hit it.
  std::span<const std::vector<FaultKindSet>> seen() const { return seen_; }

 private:
  FaultDraw draw_;
  FaultPlan plan_;
  FaultScope scope_;
  std::vector<std::vector<FaultKindSet>> seen_;
  std::size_t fired_ = 0;
};

}  // namespace simcheck::sim
