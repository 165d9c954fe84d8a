// Plans of faults as data: their text, those of one fault more, and what interchangeable lanes make
// of them.

#include "model/fault_plans.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <string>
#include <variant>

#include "model/fault_plan.hpp"

namespace simcheck::test {
namespace {

using model::FaultsMet;
using sim::FaultKind;
using sim::FaultPlan;

FaultPlan plan(const std::string& text) {
  return std::get<FaultPlan>(model::parse_fault_plan(text));
}

std::string error(const std::string& text) {
  return std::get<model::FaultPlanError>(model::parse_fault_plan(text)).message;
}

model::FaultOptions budgets(
    std::initializer_list<std::pair<std::string_view, std::uint32_t>> list) {
  model::FaultOptions options;
  for (const auto& [name, max] : list) {
    for (const model::FaultInfo& info : model::all_faults()) {
      if (info.name == name) options.budgets.push_back({.what = &info, .max = max});
    }
  }
  return options;
}

}  // namespace

TEST_CASE("a plan is printed and read back, in one order") {
  CHECK(model::to_text(FaultPlan{}).empty());
  CHECK(plan("").empty());
  CHECK(model::to_text(plan("B.1=torn-early,A.2=eio,R26.12=latent")) ==
        "A.2=eio,B.1=torn-early,R26.12=latent");
}

TEST_CASE("any plan survives its text") {
  CHECK(rc::check([] {
    FaultPlan random;
    const int faults = *rc::gen::inRange(0, 6);
    for (int i = 0; i < faults; ++i) {
      random.push_back({sim::FiberId{*rc::gen::inRange(0U, 64U)}, *rc::gen::inRange(1U, 1000U),
                        static_cast<FaultKind>(*rc::gen::inRange(1, int{sim::kFaultKinds}))});
    }
    std::ranges::sort(random);
    const auto same_place = [](const sim::Fault& a, const sim::Fault& b) {
      return a.fiber == b.fiber && a.io == b.io;
    };
    random.erase(std::unique(random.begin(), random.end(), same_place), random.end());
    RC_ASSERT(plan(model::to_text(random)) == random);
  }));
}

TEST_CASE("what is wrong with a text") {
  CHECK(error("A2=eio") == "a fault is LANE.REQUEST=KIND, as in A.2=eio");
  CHECK(error("A.2=eio,") == "fault 2: a fault is LANE.REQUEST=KIND, as in A.2=eio");
  for (const char* const lane : {"a", "AB", "R5", "R026", "R64", "RA"}) {
    CHECK(error(std::string(lane) + ".1=eio") == "a lane is A to Z, then R26 to R63");
  }
  for (const char* const io : {"0", "x", "", "-1", "1000001", "99999999999"}) {
    CHECK(error("A." + std::string(io) + "=eio") ==
          "disk requests of a lane are counted from 1 to 1000000");
  }
  CHECK(error("A.1=torn") ==
        "a fault's kind is one of eio, torn-early, torn-late, misdirected, latent, lost-flush");
  CHECK(error("A.1=eio,A.1=latent") == "one disk request has two faults");
}

TEST_CASE("a plan is extended by what was possible, behind its own faults of the lane") {
  const auto both =
      static_cast<sim::FaultKindSet>(bit_of(FaultKind::kEio) | bit_of(FaultKind::kTornEarly));
  const FaultsMet met{.all_fired = true, .possible = {{both, 0, bit_of(FaultKind::kEio)}, {both}}};
  const auto texts = [&](const std::string& from, const model::FaultOptions& options) {
    std::string all;
    for (const FaultPlan& next : model::extensions(plan(from), met, options))
      all += model::to_text(next) + "; ";
    return all;
  };
  CHECK(texts("", budgets({{"eio", 1}})) == "A.1=eio; A.3=eio; B.1=eio; ");
  CHECK(texts("", budgets({{"eio", 1}, {"torn", 1}})) ==
        "A.1=eio; A.1=torn-early; A.3=eio; B.1=eio; B.1=torn-early; ");
  CHECK(texts("A.1=torn-early", budgets({{"eio", 1}, {"torn", 1}})) ==
        "A.1=torn-early,A.3=eio; A.1=torn-early,B.1=eio; ");
  CHECK(texts("A.3=eio", budgets({{"eio", 1}})).empty());
}

TEST_CASE("of plans that differ by exchanging equal lanes one stands for all") {
  const model::LaneClasses classes = {0, 0, 2, 0};  // C is unlike the others
  const auto canonical = [&](const std::string& text) {
    return model::to_text(model::canonical(plan(text), classes));
  };
  CHECK(canonical("B.2=eio") == "A.2=eio");
  CHECK(canonical("D.1=eio,C.1=eio") == "A.1=eio,C.1=eio");
  CHECK(canonical("B.3=eio,D.2=eio") == "A.2=eio,B.3=eio");
  CHECK(canonical("B.3=eio,B.1=latent") == "A.1=latent,A.3=eio");
  CHECK(canonical("") == "");
}

}  // namespace simcheck::test
