// The execution that this thread is in, for whoever has to tell of it when the code under test
// takes the process down or does not come back. It only answers questions, and knows nothing of
// signals; but a signal handler may ask them, on the thread itself: nothing allocates, locks or
// throws.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "sim/ids.hpp"
#include "sim/world.hpp"

namespace simcheck::model {

class Explorer;

/// What executions are of, as text.
struct Subject {
  std::string workload, fault_plan;
};

class InProgress {
 public:
  enum class Place : std::uint8_t {
    kBefore,     ///< the world is being built, or tried out: there is no schedule yet
    kInStep,     ///< a fiber runs
    kBetween,    ///< nothing of the code under test runs, unless it is unwound
    kJudging,    ///< properties judge
    kSimulated,  ///< a fiber runs in virtual time: there is no schedule
  };

  /// As long as it lives, this is what the thread is in. Both must outlive it; `explorer` is null
  /// as long as there is none.
  explicit InProgress(const Subject& subject, const Explorer* explorer = nullptr) noexcept
      : subject_(subject), explorer_(explorer), before_(here_) {
    here_ = this;
  }
  /// The same of a simulation, which has no explorer.
  InProgress(const Subject& subject, const sim::World& simulated) noexcept : InProgress(subject) {
    simulated_ = &simulated;
  }
  ~InProgress() { here_ = before_; }
  InProgress(const InProgress&) = delete;
  InProgress& operator=(const InProgress&) = delete;

  /// Null if this thread is in no execution.
  static const InProgress* here() noexcept { return here_; }

  const Subject& subject() const { return subject_; }
  Place place() const;
  /// The steps that lead here. Of kInStep, the last is the one that runs.
  std::size_t steps() const;
  sim::FiberId step(std::size_t i) const;
  /// Whose step runs; empty unless kInStep or kSimulated.
  std::string_view fiber() const;
  /// Changes as long as it goes on.
  std::uint64_t sign_of_life() const;

 private:
  static inline thread_local constinit const InProgress* here_ = nullptr;
  const Subject& subject_;
  const Explorer* explorer_;
  const sim::World* simulated_ = nullptr;
  const InProgress* before_;
};

}  // namespace simcheck::model
