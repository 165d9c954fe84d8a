#include "model/step_order.hpp"

#include <algorithm>
#include <utility>

namespace simcheck::model {
namespace {

// Stores whose order a strategy may leave open are ordered here: this is one execution.
bool depend(const sim::Access& a, const sim::Access& b) {
  const bool are_stores =
      a.mode == sim::AccessMode::kStore && b.mode == sim::AccessMode::kStore && touch_same(a, b);
  return are_stores || sim::conflict(a, b);
}

bool depend(std::span<const sim::Access> a, std::span<const sim::Access> b) {
  return std::ranges::any_of(a, [&](const sim::Access& x) {
    return std::ranges::any_of(b, [&](const sim::Access& y) { return depend(x, y); });
  });
}

}  // namespace

// Latest first: what happens before a step that was found is known to happen before this one too.
std::vector<std::uint32_t> StepOrder::push(sim::FiberId fiber,
                                           std::span<const sim::Access> footprint) {
  std::vector<std::uint32_t> direct;
  std::vector<bool> past(steps_.size());
  const auto own = std::find_if(steps_.rbegin(), steps_.rend(),
                                [&](const Step& step) { return step.fiber == fiber; });
  if (own != steps_.rend()) add_past_of(static_cast<std::size_t>(steps_.rend() - own) - 1, past);
  for (std::size_t j = steps_.size(); j-- > 0;) {
    if (past[j] || !depend(steps_[j].footprint, footprint)) continue;
    direct.push_back(static_cast<std::uint32_t>(j));
    add_past_of(j, past);
  }
  steps_.push_back({fiber, {footprint.begin(), footprint.end()}, std::move(past)});
  std::ranges::reverse(direct);
  return direct;
}

void StepOrder::add_past_of(std::size_t earlier, std::vector<bool>& past) const {
  past[earlier] = true;
  const std::vector<bool>& more = steps_[earlier].past;
  for (std::size_t i = 0; i < more.size(); ++i)
    if (more[i]) past[i] = true;
}

}  // namespace simcheck::model
