#include "model/sampler.hpp"

#include <algorithm>

#include "model/archive.hpp"

namespace simcheck::model {
namespace {

// SplitMix64 maps different numbers to different ones, so each step keeps what differs apart.
std::uint64_t seed_of(const SampleRange& range, std::uint64_t execution) {
  const std::uint64_t run = sim::SplitMix64(range.seed).next();
  const std::uint64_t workload = sim::SplitMix64(run + range.workload).next();
  return sim::SplitMix64(workload + execution).next();
}

}  // namespace

std::optional<Prefix> Sampler::next_execution() {
  if (drawn_ == range_.count) return std::nullopt;
  random_ = sim::Random(seed_of(range_, range_.first + drawn_));
  ++drawn_;
  draw_cut();
  begin();
  return Prefix{};
}

// No execution that is cut is longer than `longest_`, so it makes no difference to that.
void Sampler::draw_cut() {
  steps_ = 0;
  if (range_.power == 0) return;
  const std::uint64_t moment = random_.below(longest_ + 1);
  cut_at_ = moment == longest_ ? kNever : moment;
}

Choice Sampler::choose(sim::FiberSet enabled) {
  const sim::FiberSet others = enabled & ~range_.power;
  const bool is_cut = steps_ == cut_at_ && others != enabled;
  if (is_cut || others == 0) return sim::first_of(enabled & range_.power);
  return draw_from(others);
}

void Sampler::executed(const Transition& transition) {
  if ((range_.power & sim::bit_of(transition.fiber)) != 0) return;
  longest_ = std::max(longest_, ++steps_);
  ran(transition);
}

void Sampler::save_or_load(Archive& archive) {
  archive(drawn_, longest_);
  save_or_load_learnt(archive);
}

double Sampler::share() const {
  return range_.count == 0 ? 1 : static_cast<double>(drawn_) / static_cast<double>(range_.count);
}

sim::FiberId any_of(sim::FiberSet fibers, sim::Random& random) {
  for (auto skip = random.below(static_cast<std::uint64_t>(std::popcount(fibers))); skip > 0;
       --skip)
    take_lowest(fibers);
  return take_lowest(fibers);
}

}  // namespace simcheck::model
