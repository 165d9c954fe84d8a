// Parts of an exploration: together exactly the whole, or known to be none.
#include "model/split.hpp"

#include <doctest/doctest.h>

#include <memory>
#include <stdexcept>
#include <string>

#include "model/workload_check.hpp"
#include "tests/model/drivers_under_check.hpp"
#include "tests/support/build.hpp"
#include "tests/support/json_text.hpp"

namespace simcheck::test {
namespace {

using model::Part;

bool to_the_end(model::Pause&) { return false; }

struct Sum {
  model::Counts counts;
  std::size_t parts = 0;
  bool broken = false;
};

Sum sum_of_parts(const model::CheckOptions& options, std::size_t parts_wanted) {
  const model::Workload& workload = options.workloads.front();
  Sum sum;
  for (const Part& part : model::split_workload(options, workload, parts_wanted)) {
    const auto outcome = model::check_workload(options, workload, to_the_end, part);
    sum.counts += outcome.part.counts;
    sum.broken |= outcome.is_split_broken;
    ++sum.parts;
  }
  return sum;
}

TEST_CASE("the parts' counts add up to those of the whole") {
  for (const char* const driver : {"buggy", "fixed", "mutex-v1", "serialized"}) {
    for (const char* const text : {by_build("4*zeroes", "3*zeroes"),
                                   by_build("2*flush, 2*write", "2*flush, write"), "3*flush"}) {
      for (const bool symmetry : {false, true}) {
        CAPTURE(driver);
        CAPTURE(text);
        CAPTURE(symmetry);
        model::CheckOptions options = options_for(driver, text);
        options.symmetry = symmetry;
        options.equivalence = model::Equivalence::kObserved;
        const model::Counts whole = model::check(options).counts;
        for (const std::size_t parts : {2U, 7U, 32U}) {
          const Sum sum = sum_of_parts(options, parts);
          // A broken split is given up, so its counts do not matter.
          if (!sum.broken) CHECK(sum.counts == whole);
        }
      }
    }
  }
}

TEST_CASE("fixed splits evenly, and as far as it is asked to") {
  model::CheckOptions options = options_for("fixed", "4*zeroes");
  const Sum sum = sum_of_parts(options, 8);
  CHECK_FALSE(sum.broken);
  CHECK(sum.parts == 8);
}

TEST_CASE("one request cannot be split") {
  model::CheckOptions options = options_for("fixed", "zeroes");
  CHECK(sum_of_parts(options, 8).parts == 1);
}

TEST_CASE("an order of transitions that do not conflict is no part") {
  model::CheckOptions options = options_for("fixed", "2*zeroes");
  // The first sections only submit I/O.
  const Part part{{{sim::FiberId{0}, 1}, {sim::FiberId{1}, 1}}};
  const auto outcome = model::check_workload(options, options.workloads.front(), to_the_end, part);
  CHECK(outcome.is_split_broken);
}

TEST_CASE("an order that no execution can keep to is no part") {
  model::CheckOptions options = options_for("fixed", "2*zeroes");
  const Part part{{{sim::FiberId{0}, 100}, {sim::FiberId{1}, 3}}};
  const auto outcome = model::check_workload(options, options.workloads.front(), to_the_end, part);
  CHECK(outcome.is_split_broken);
}

std::string checked(const model::CheckOptions& options) { return json_text(model::check(options)); }

// Large enough to be split, with and without a violation deep inside.
TEST_CASE("the number of workers changes nothing of a workload that they share") {
  for (const char* const driver : {"fixed", "buggy", "serialized"}) {
    for (const bool keep_going : {false, true}) {
      CAPTURE(driver);
      CAPTURE(keep_going);
      model::CheckOptions options =
          options_for(driver, by_build("2*flush, 2*write, discard", "2*flush, write, discard"));
      options.equivalence = model::Equivalence::kObserved;
      options.symmetry = true;
      options.keep_going = keep_going;
      options.workers = 1;
      const std::string one = checked(options);
      for (const unsigned workers : {2U, 4U}) {
        options.workers = workers;
        CHECK(checked(options) == one);
      }
    }
  }
}

// Is broken by executions in which the third request places its entry first, and cannot judge those
// in which the fifth does, which come later.
struct Selective final : properties::Property {
  std::string_view name() const override { return "selective"; }
  std::string_view summary() const override { return "the third is not the first"; }
  properties::Judgement judge(const properties::Evidence& history) const override {
    const auto& placed = history.journal().placed.events;
    if (placed.size() == 0) return properties::Judgement::not_exercised();
    const std::uint32_t first = sim::index_of(placed[0]->request);
    if (first == 4) throw std::runtime_error("the fifth is the first");
    return first == 2 ? properties::Judgement::violated("the third is the first", history.steps)
                      : properties::Judgement::holds();
  }
};

// Other workers come to it in parts that a single one would never begin.
TEST_CASE("an error behind the first violation changes nothing, whoever comes to it") {
  model::CheckOptions options = options_for("fixed", "5*zeroes");
  options.properties = {std::make_shared<Selective>()};
  options.keep_going = false;
  options.workers = 1;
  const model::Result one = model::check(options);
  CHECK(one.verdict == model::Verdict::kViolated);
  CHECK(one.counts.executions > 4096);
  for (const unsigned workers : {2U, 4U}) {
    options.workers = workers;
    CHECK(checked(options) == json_text(one));
  }
}

}  // namespace
}  // namespace simcheck::test
