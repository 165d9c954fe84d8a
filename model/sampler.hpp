// What the sampling strategies have in common: a number of executions, each of them begun anew and
// chosen by random numbers of its own.
//
// Where a range names the power's fiber, that takes part in no choice: among the others it would
// nearly always come within the first few. Each execution draws the moment of its cut instead,
// evenly among the transitions of the longest one so far, in front of which it may come, and "not
// at all". So the first execution of a range is never cut; nor is one that ends before its moment.
#pragma once

#include <bit>
#include <cstdint>
#include <optional>

#include "model/strategy.hpp"
#include "sim/random.hpp"

namespace simcheck::model {

/// Which executions are drawn. An execution's random numbers depend on the seed, the workload's
/// place in the list, and its own number: not on who draws it, or when. What a strategy learns, the
/// length of executions that can be cut included, it learns from those of its range before it.
struct SampleRange {
  std::uint64_t seed = 1;
  std::uint64_t workload = 0;
  std::uint64_t first = 0;
  std::uint64_t count = 0;
  sim::FiberSet power = 0;  ///< the fiber whose transition is drawn ahead; none if it is as others
};

class Sampler : public Strategy {
 public:
  explicit Sampler(const SampleRange& range) : range_(range) {}

  std::optional<Prefix> next_execution() final;
  Choice choose(sim::FiberSet enabled) final;
  void executed(const Transition& transition) final;
  std::optional<Sampled> sampled() override { return Sampled{}; }
  void save_or_load(Archive& archive) final;
  double share() const final;

 protected:
  sim::Random& random() { return random_; }

 private:
  /// An execution begins; random() is freshly seeded.
  virtual void begin() {}
  /// The next choice among `enabled` (not empty), which the power is not one of.
  virtual sim::FiberId draw_from(sim::FiberSet enabled) = 0;
  /// A transition was run, which was not the power's.
  virtual void ran(const Transition&) {}
  /// What it learnt from earlier executions.
  virtual void save_or_load_learnt(Archive&) {}

  void draw_cut();

  static constexpr std::uint64_t kNever = UINT64_MAX;

  SampleRange range_;
  std::uint64_t drawn_ = 0;
  sim::Random random_{0};
  std::uint64_t steps_ = 0;        // of the current execution, the cut excluded
  std::uint64_t longest_ = 0;      // execution so far
  std::uint64_t cut_at_ = kNever;  // after so many steps of the current execution
};

/// Takes the lowest of these fibers out of the set, which must not be empty.
inline sim::FiberId take_lowest(sim::FiberSet& fibers) {
  const auto lowest = static_cast<std::uint32_t>(std::countr_zero(fibers));
  fibers &= fibers - 1;
  return sim::FiberId{lowest};
}

/// One of these fibers (at least one), all equally likely.
sim::FiberId any_of(sim::FiberSet fibers, sim::Random& random);

}  // namespace simcheck::model
