// Probabilistic concurrency testing: S. Burckhardt, P. Kothari, M. Musuvathi, S. Nagarakatte, "A
// Randomized Scheduler with Probabilistic Guarantees of Finding Bugs", ASPLOS 2010.
//
// Fibers get random priorities; the highest enabled one runs. After each of depth - 1 steps chosen
// at random, the fiber that made it falls below all others.
//
// Guarantee: a run finds a bug of depth d (one that shows whenever d chosen transitions are each
// held back until a chosen other one has come, and that never gets stuck) with probability at least
// 1 / (n k^(d-1)), for n fibers and at most k steps.
//
// Deviations. The paper is given k. Here it is the length of the longest execution so far: the
// first run, without change points, measures, and the promise counts the runs since k last grew.
// A step is a transition, so that a disk request's effect is a step of its fiber; or its start:
// else no fiber could fall before its first transition, whatever others have to come before that.
#include <algorithm>
#include <numeric>
#include <vector>

#include "model/archive.hpp"
#include "model/sampling.hpp"

namespace simcheck::model {
namespace {

class Pct final : public Sampler {
 public:
  Pct(const SampleRange& range, std::size_t fibers, std::uint32_t depth)
      : Sampler(range), depth_(depth), priorities_(fibers), change_points_(depth - 1) {}

  sim::FiberId draw_from(sim::FiberSet enabled) override {
    sim::FiberId highest = highest_of(enabled);
    while ((started_ & sim::bit_of(highest)) == 0) {
      started_ |= sim::bit_of(highest);
      make_step(highest);
      highest = highest_of(enabled);
    }
    return highest;
  }

  void ran(const Transition& transition) override { make_step(transition.fiber); }

  std::optional<Sampled> sampled() override {
    const std::uint64_t runs = longest_ == assumed_ ? runs_ : 0;
    return Sampled{.odds = PctOdds{depth_, priorities_.size(), longest_, runs}};
  }

 private:
  void begin() override {
    if (longest_ != assumed_) runs_ = 0;
    assumed_ = longest_;
    ++runs_;
    step_ = 0;
    started_ = 0;
    // Priorities from depth - 1 upwards in random order (Fisher and Yates); those below are for the
    // change points.
    std::iota(priorities_.begin(), priorities_.end(), depth_ - 1);
    for (std::size_t i = priorities_.size(); i > 1; --i) {
      std::swap(priorities_[i - 1], priorities_[random().below(i)]);
    }
    for (std::uint64_t& point : change_points_) {
      point = assumed_ == 0 ? 0 : random().between(1, assumed_);
    }
  }

  void save_or_load_learnt(Archive& archive) override { archive(longest_, assumed_, runs_); }

  sim::FiberId highest_of(sim::FiberSet fibers) {
    sim::FiberId highest = take_lowest(fibers);
    while (fibers != 0) {
      const sim::FiberId fiber = take_lowest(fibers);
      if (priority(fiber) > priority(highest)) highest = fiber;
    }
    return highest;
  }

  void make_step(sim::FiberId fiber) {
    longest_ = std::max(longest_, ++step_);
    for (std::uint32_t i = 0; i < change_points_.size(); ++i) {
      if (change_points_[i] == step_) priority(fiber) = i;
    }
  }

  std::uint32_t& priority(sim::FiberId fiber) { return priorities_[sim::index_of(fiber)]; }

  std::uint32_t depth_;
  std::vector<std::uint32_t> priorities_;     // by fiber
  std::vector<std::uint64_t> change_points_;  // the i-th leaves priority i; 0: never
  sim::FiberSet started_ = 0;
  std::uint64_t step_ = 0;
  std::uint64_t longest_ = 0;  // execution so far
  std::uint64_t assumed_ = 0;  // by the current execution: k
  std::uint64_t runs_ = 0;     // that assumed this k
};

}  // namespace

std::unique_ptr<Strategy> make_pct(const SampleRange& range, std::size_t fibers,
                                   std::uint32_t depth) {
  return std::make_unique<Pct>(range, fibers, depth);
}

}  // namespace simcheck::model
