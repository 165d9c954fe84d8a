// deadlock-free: no execution ends with fibers left that can never run again.
//
// Without it a guest's request hangs for ever, and with it whatever waits for that request.
#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "properties/all.hpp"

namespace simcheck::properties {
namespace {

// What several say alike is said once: lanes that a simulation has no request for yet.
std::string told(const std::vector<sim::StuckFiber>& all) {
  std::vector<std::pair<std::string, int>> counts;
  for (const sim::StuckFiber& stuck : all) {
    const std::string line = fmt::format("{} waits for {}", stuck.fiber, stuck.waits_for);
    const auto known = std::ranges::find(counts, line, &std::pair<std::string, int>::first);
    if (known == counts.end()) {
      counts.emplace_back(line, 1);
    } else {
      ++known->second;
    }
  }
  std::string words;
  for (const auto& [line, count] : counts)
    words +=
        (words.empty() ? "" : "; ") + line + (count == 1 ? "" : fmt::format(" ({} times)", count));
  return words;
}

std::string reason(const sim::History& history) {
  std::string words;
  if (history.stuck_fibers != nullptr) words = told(history.stuck_fibers(history.context));
  return words.empty() ? "nothing can ever run again" : "nothing can ever run again: " + words;
}

class DeadlockFree final : public Property {
 public:
  std::string_view name() const override { return "deadlock-free"; }
  std::string_view summary() const override { return "no request waits for ever"; }
  bool is_symmetric() const override { return true; }

  Judgement judge(const Evidence& history) const override {
    switch (history.ending) {
      case sim::Ending::kFinished:
        return Judgement::holds();
      case sim::Ending::kDeadlocked:
        return Judgement::violated(reason(history), history.steps);
      case sim::Ending::kCut:
      case sim::Ending::kTooLong:  // cut off: what would have become of it is not known
        break;
    }
    return Judgement::not_exercised();
  }
};

}  // namespace

std::unique_ptr<Property> make_deadlock_free() { return std::make_unique<DeadlockFree>(); }

}  // namespace simcheck::properties
