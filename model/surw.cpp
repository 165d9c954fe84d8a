// Selectively uniform random walk: H. Zhao, D. Wolff, U. Mathur, A. Roychoudhury, "Selectively
// Uniform Concurrency Testing", ASPLOS 2025.
//
// A fiber is chosen with a probability in proportion to the number of transitions that it has left.
// With exact numbers, and fibers that are enabled until they end, every interleaving is equally
// likely; a plain random walk prefers those that change fibers late.
//
// Guarantee: uniform over interleavings under these two conditions. Numbers that are off, or fibers
// that wait for one another, bend the distribution; still every execution has a positive one.
//
// Deviations. All events are interesting: none are singled out, so this is the paper's URW. The
// counts are those of the first execution, a plain random walk. A fiber that can run on although
// none of its counted transitions are left weighs as if there were one. Fibers that others enable
// are not counted in with those, as the paper counts a thread's children.
#include <algorithm>
#include <vector>

#include "model/archive.hpp"
#include "model/sampling.hpp"

namespace simcheck::model {
namespace {

class Surw final : public Sampler {
 public:
  Surw(const SampleRange& range, std::size_t fibers)
      : Sampler(range), counted_(fibers), left_(fibers) {}

  sim::FiberId draw_from(sim::FiberSet enabled) override {
    if (is_profiling_) return any_of(enabled, random());
    std::uint64_t sum = 0;
    for (sim::FiberSet rest = enabled; rest != 0;) sum += weight(take_lowest(rest));
    std::uint64_t drawn = random().below(sum);
    for (;;) {
      const sim::FiberId fiber = take_lowest(enabled);
      if (drawn < weight(fiber)) return fiber;
      drawn -= weight(fiber);
    }
  }

  void ran(const Transition& transition) override {
    const std::size_t fiber = sim::index_of(transition.fiber);
    if (is_profiling_) {
      ++counted_[fiber];
    } else if (left_[fiber] > 0) {
      --left_[fiber];
    }
  }

 private:
  void begin() override {
    is_profiling_ = !begun_;
    begun_ = true;
    left_ = counted_;
  }

  void save_or_load_learnt(Archive& archive) override { archive(counted_, begun_); }

  std::uint64_t weight(sim::FiberId fiber) const {
    return std::max<std::uint64_t>(left_[sim::index_of(fiber)], 1);
  }

  std::vector<std::uint64_t> counted_;  // transitions of each fiber in the first execution
  std::vector<std::uint64_t> left_;     // of these, in the current execution
  bool begun_ = false;
  bool is_profiling_ = false;
};

}  // namespace

std::unique_ptr<Strategy> make_surw(const SampleRange& range, std::size_t fibers) {
  return std::make_unique<Surw>(range, fibers);
}

}  // namespace simcheck::model
