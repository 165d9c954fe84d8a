// The uniform random walk: at each step one of the enabled transitions, all equally likely.
//
// Guarantee: every execution has a positive probability. No more: an execution of k steps among n
// fibers may have one of only n^-k, and early choices weigh more than late ones. The yardstick that
// the other sampling strategies are measured by.
#include "model/sampling.hpp"

namespace simcheck::model {
namespace {

class RandomWalk final : public Sampler {
 public:
  using Sampler::Sampler;

 private:
  sim::FiberId draw_from(sim::FiberSet enabled) override { return any_of(enabled, random()); }
};

}  // namespace

std::unique_ptr<Strategy> make_random_walk(const SampleRange& range) {
  return std::make_unique<RandomWalk>(range);
}

}  // namespace simcheck::model
