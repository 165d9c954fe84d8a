// What the sampling strategies have in common: a number of executions, each of them begun anew and
// chosen by random numbers of its own.
#pragma once

#include <bit>
#include <cstdint>
#include <optional>

#include "model/strategy.hpp"
#include "sim/random.hpp"

namespace simcheck::model {

/// Which executions are drawn. An execution's random numbers depend on the seed, the workload's
/// place in the list, and its own number: not on who draws it, or when.
struct SampleRange {
  std::uint64_t seed = 1;
  std::uint64_t workload = 0;
  std::uint64_t first = 0;
  std::uint64_t count = 0;
};

class Sampler : public Strategy {
 public:
  explicit Sampler(const SampleRange& range) : range_(range) {}

  std::optional<Prefix> next_execution() final;
  void executed(const Transition&) override {}
  std::optional<Sampled> sampled() override { return Sampled{}; }
  void save_or_load(Archive& archive) final;
  double share() const final;

 protected:
  sim::Random& random() { return random_; }

 private:
  /// An execution begins; random() is freshly seeded.
  virtual void begin() {}
  /// What it learnt from earlier executions.
  virtual void save_or_load_learnt(Archive&) {}

  SampleRange range_;
  std::uint64_t drawn_ = 0;
  sim::Random random_{0};
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
