// Guarantee: one execution, which is that of the schedule if it can be followed to its end.
#include "model/guided.hpp"

#include <algorithm>
#include <utility>

namespace simcheck::model {
namespace {

class Guided final : public Strategy {
 public:
  explicit Guided(Schedule schedule) : left_(std::move(schedule)) {}

  std::optional<Prefix> next_execution() override {
    if (std::exchange(done_, true)) return std::nullopt;
    return Prefix{};
  }

  Choice choose(sim::FiberSet enabled) override {
    const auto is_enabled = [enabled](sim::FiberId fiber) {
      return (enabled & sim::bit_of(fiber)) != 0;
    };
    const auto next = std::find_if(left_.begin(), left_.end(), is_enabled);
    if (next != left_.end()) {
      last_ = *next;
      left_.erase(next);
    } else if (!is_enabled(last_)) {
      last_ = sim::first_of(enabled);
    }
    return last_;
  }

  void executed(const Transition&) override {}

 private:
  Schedule left_;
  sim::FiberId last_{};
  bool done_ = false;
};

}  // namespace

std::unique_ptr<Strategy> make_guided(Schedule schedule) {
  return std::make_unique<Guided>(std::move(schedule));
}

}  // namespace simcheck::model
