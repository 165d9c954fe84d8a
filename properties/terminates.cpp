// terminates: every execution comes to an end.
//
// Without it a driver can be busy for ever and yet never complete a request: a livelock. What the
// judge sees is the step limit, so a limit too small for the scenario looks the same.
#include <fmt/format.h>

#include "properties/all.hpp"

namespace simcheck::properties {
namespace {

class Terminates final : public Property {
 public:
  std::string_view name() const override { return "terminates"; }
  std::string_view summary() const override { return "every execution comes to an end"; }
  bool is_symmetric() const override { return true; }

  Judgement judge(const Evidence& history) const override {
    if (history.ending != sim::Ending::kTooLong) return Judgement::holds();
    return Judgement::violated(fmt::format("not at an end after {} steps", history.steps),
                               history.steps);
  }
};

}  // namespace

std::unique_ptr<Property> make_terminates() { return std::make_unique<Terminates>(); }

}  // namespace simcheck::properties
