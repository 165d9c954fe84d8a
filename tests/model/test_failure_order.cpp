// The order of a request's failure and of what else happens, where a property declares that it
// looks at it.
#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <variant>

#include "model/fault_plan.hpp"
#include "sim/sim.hpp"
#include "tests/model/drivers_under_check.hpp"

namespace simcheck::test {
namespace {

using model::StrategyKind;
using properties::Judgement;
using sim::EventKind;

constexpr properties::Order kFailedAndDone[] = {
    {.reads = bit_of(EventKind::kIoFailed), .writes = bit_of(EventKind::kAcknowledged)}};

// Nothing is acknowledged as done before anything fails, or behind it.
struct NoneDone final : properties::Property {
  explicit NoneDone(bool before) : is_before(before) {}
  std::string_view name() const override { return "none-done"; }
  std::string_view summary() const override { return "nothing is done on that side of a failure"; }
  properties::Observes observes() const override { return {.orders = kFailedAndDone}; }
  Judgement judge(const properties::Evidence& history) const override {
    bool has_failed = false;
    for (const sim::Event& event : history.events) {
      has_failed |= event.kind == EventKind::kIoFailed;
      const bool is_done =
          event.kind == EventKind::kAcknowledged && event.status == sim::IoStatus::kOk;
      if (is_done && has_failed != is_before) return Judgement::violated("done", event.step);
    }
    return Judgement::holds();
  }
  bool is_before;
};

}  // namespace

TEST_CASE("the order of a failure and an acknowledgement is tried both ways") {
  for (const char* const plan : {"A.1=eio", "B.1=eio"}) {
    for (const bool before : {true, false}) {
      for (const StrategyKind strategy :
           {StrategyKind::kDfs, StrategyKind::kDpor, StrategyKind::kStateful}) {
        CAPTURE(std::string(plan));
        CAPTURE(before);
        model::CheckOptions options = options_for("fixed", "2*write");
        options.make_device = [](sim::World&, sim::BlockDevice& data,
                                 sim::BlockDevice&) -> sim::BlockDevice& { return data; };
        options.properties = {std::make_shared<NoneDone>(before)};
        options.fault_plan = std::get<sim::FaultPlan>(model::parse_fault_plan(plan));
        options.strategy = strategy;
        CHECK(check(options).verdict == model::Verdict::kViolated);
      }
    }
  }
}

}  // namespace simcheck::test
