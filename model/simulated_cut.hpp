// The power cut of a simulation: it ends the run, at a request that the seed picks.
#pragma once

#include <cstdint>

#include "model/crash_check.hpp"
#include "model/power_cut.hpp"
#include "properties/property.hpp"
#include "sim/event_history.hpp"
#include "sim/random.hpp"

namespace simcheck::model {

class SimulatedCut {
 public:
  /// Picks one of the run's `requests`, evenly, and how many transitions the power lasts once that
  /// has begun.
  SimulatedCut(const properties::PropertyList& properties, const PowerCut& power_cut,
               std::uint64_t seed, std::uint64_t requests)
      : check_(properties, power_cut),
        random_(seed),
        request_(1 + random_.below(requests)),
        left_(random_.below(kTransitionsMax)) {}

  /// To be asked after each transition, with how many requests of the run have begun.
  bool is_due(std::uint64_t begun) { return begun >= request_ && left_-- == 0; }

  /// From 1.
  std::uint64_t request() const { return request_; }

  CrashCheck& check() { return check_; }

 private:
  // A request has some twenty of its own, and others have theirs meanwhile.
  static constexpr std::uint64_t kTransitionsMax = 64;

  CrashCheck check_;
  sim::Random random_;
  std::uint64_t request_;
  std::uint64_t left_;
};

}  // namespace simcheck::model
