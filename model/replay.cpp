// Replay of one schedule. Guarantee: exactly that execution, or a Divergence that names the step.
#include "model/replay.hpp"

#include <fmt/format.h>

#include <bit>
#include <utility>

#include "model/divergence.hpp"

namespace simcheck::model {
namespace {

class Replay final : public Strategy {
 public:
  Replay(const sim::World& world, Schedule schedule)
      : world_(world), schedule_(std::move(schedule)) {}

  std::optional<Prefix> next_execution() override {
    if (done_) return std::nullopt;
    done_ = true;
    return Prefix{};
  }

  Choice choose(sim::FiberSet enabled) override {
    if (step_ >= schedule_.size()) {
      return sim::FiberId{static_cast<std::uint32_t>(std::countr_zero(enabled))};
    }
    require_enabled(world_, schedule_[step_], step_);
    return schedule_[step_++];
  }

  void executed(const Transition&) override {}

  void reached_end(std::span<const StuckFiber>) override {
    if (step_ == schedule_.size()) return;
    throw Divergence(fmt::format(
        "the schedule has {} steps, but after {} of them nothing can run any more: is it for "
        "another driver or workload?",
        schedule_.size(), step_));
  }

 private:
  const sim::World& world_;
  Schedule schedule_;
  std::size_t step_ = 0;
  bool done_ = false;
};

}  // namespace

std::unique_ptr<Strategy> make_replay(const sim::World& world, Schedule schedule) {
  return std::make_unique<Replay>(world, std::move(schedule));
}

void require_enabled(const sim::World& world, sim::FiberId fiber, std::size_t step) {
  if ((world.enabled() & sim::bit_of(fiber)) != 0) return;
  throw Divergence(fmt::format(
      "step {} of the schedule runs fiber {}, which {}: is it for another driver or workload?",
      step + 1, sim::index_of(fiber),
      sim::index_of(fiber) < world.fiber_count() ? "cannot run then" : "does not exist"));
}

}  // namespace simcheck::model
