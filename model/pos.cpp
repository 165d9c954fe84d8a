// Partial order sampling: X. Yuan, J. Yang, R. Gu, "Partial Order Aware Concurrency Sampling", CAV
// 2018.
//
// Every pending event (a fiber's next transition) has a random priority; the highest enabled one
// is executed. Pending events that race with it get a new priority: so each pair of racing events
// is ordered by a fresh coin, and independent ones cost nothing.
//
// Guarantee: every trace has a positive probability, in the mean larger than that of the random
// walk where there is little interference. No bound that holds for every program.
//
// Deviation: the paper knows what an event will touch. Here a section's footprint is known only
// once it has run: a fiber's n-th transition is taken to touch what its n-th did in the latest
// execution that had one. Until then it is taken to race with everything, as in a random walk.
#include <vector>

#include "model/archive.hpp"
#include "model/sampling.hpp"

namespace simcheck::model {
namespace {

class Pos final : public Sampler {
 public:
  Pos(const SampleRange& range, const FootprintTable& footprints, std::size_t fibers)
      : Sampler(range), footprints_(footprints), fibers_(fibers) {}

  sim::FiberId draw_from(sim::FiberSet enabled) override {
    sim::FiberId highest = sim::first_of(enabled);
    while (enabled != 0) {
      const sim::FiberId fiber = take_lowest(enabled);
      if ((pending_ & sim::bit_of(fiber)) == 0) draw(fiber);
      if (of(fiber).priority > of(highest).priority) highest = fiber;
    }
    return highest;
  }

  void ran(const Transition& transition) override {
    learn(of(transition.fiber), transition.footprint);
    pending_ &= ~sim::bit_of(transition.fiber);
    for (sim::FiberSet others = pending_; others != 0;) {
      const sim::FiberId other = take_lowest(others);
      if (!footprints_.independent(expected(of(other)), transition.footprint)) draw(other);
    }
  }

 private:
  struct Fiber {
    std::uint64_t priority = 0;       // of its next transition, if that is pending
    std::size_t done = 0;             // transitions of this execution
    std::vector<FootprintId> learnt;  // of its transitions, from earlier executions too
  };

  void begin() override {
    pending_ = 0;
    for (Fiber& fiber : fibers_) fiber.done = 0;
  }

  void save_or_load_learnt(Archive& archive) override {
    for (Fiber& fiber : fibers_) archive(fiber.learnt);
  }

  static void learn(Fiber& fiber, FootprintId footprint) {
    if (fiber.done == fiber.learnt.size()) fiber.learnt.push_back(footprint);
    fiber.learnt[fiber.done++] = footprint;
  }
  static FootprintId expected(const Fiber& fiber) {
    return fiber.done < fiber.learnt.size() ? fiber.learnt[fiber.done] : kUnknownFootprint;
  }

  void draw(sim::FiberId fiber) {
    of(fiber).priority = random().next();
    pending_ |= sim::bit_of(fiber);
  }
  Fiber& of(sim::FiberId fiber) { return fibers_[sim::index_of(fiber)]; }

  const FootprintTable& footprints_;
  std::vector<Fiber> fibers_;
  sim::FiberSet pending_ = 0;  // fibers whose next transition has a priority
};

}  // namespace

std::unique_ptr<Strategy> make_pos(const SampleRange& range, const FootprintTable& footprints,
                                   std::size_t fibers) {
  return std::make_unique<Pos>(range, footprints, fibers);
}

}  // namespace simcheck::model
