// no-exception: no exception leaves a fiber.
//
// One that does takes its request with it: the guest is never told how the request ended.
#include <fmt/format.h>

#include "properties/all.hpp"
#include "properties/words.hpp"

namespace simcheck::properties {
namespace {

Judgement thrown(const sim::History& history, const sim::Event& first) {
  const std::string text = history.exceptions.empty() ? "of unknown text" : history.exceptions[0];
  std::string reason =
      fmt::format("an exception left the fiber of {}: {}", describe(history, first.request), text);
  if (history.exceptions.size() > 1) {
    reason += fmt::format(" (and {} more)", history.exceptions.size() - 1);
  }
  return Judgement::violated(std::move(reason), first.step);
}

class NoException final : public Property {
 public:
  std::string_view name() const override { return "no-exception"; }
  std::string_view summary() const override { return "no exception leaves a fiber"; }
  bool is_symmetric() const override { return true; }

  Judgement judge(const Evidence& history) const override {
    if (!history.journal().has(sim::EventKind::kException)) return Judgement::holds();
    for (const sim::Event& event : history.events) {
      if (event.kind == sim::EventKind::kException) return thrown(history, event);
    }
    return Judgement::holds();
  }
};

}  // namespace

std::unique_ptr<Property> make_no_exception() { return std::make_unique<NoException>(); }

}  // namespace simcheck::properties
