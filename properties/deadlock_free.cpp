// deadlock-free: no execution ends with fibers left that can never run again.
//
// Without it a guest's request hangs for ever, and with it whatever waits for that request.
#include <fmt/format.h>

#include "properties/all.hpp"

namespace simcheck::properties {
namespace {

std::string reason(const sim::History& history) {
  std::string words;
  if (history.stuck_fibers != nullptr) {
    for (const sim::StuckFiber& stuck : history.stuck_fibers(history.context)) {
      words +=
          fmt::format("{}{} waits for {}", words.empty() ? "" : "; ", stuck.fiber, stuck.waits_for);
    }
  }
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
