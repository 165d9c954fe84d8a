// Wakeup trees: what is inserted, and what is covered already.
#include "model/wakeup_tree.hpp"

#include <doctest/doctest.h>

#include <vector>

namespace simcheck::model {
namespace {

// Steps of fibers that write one object each: steps conflict if their objects are equal.
class Forest {
 public:
  Transition step(std::uint32_t fiber, std::uint32_t object) {
    const sim::Access access{sim::ObjectId{object}, sim::AccessMode::kWrite};
    return {sim::FiberId{fiber}, footprints.intern({&access, 1})};
  }
  void insert(std::vector<Transition> sequence) { forest.insert(first, sequence); }
  bool covers(std::vector<Transition> sequence) { return forest.covers(first, sequence); }
  // The tree's sequences are taken out first branch by first branch, depth first.
  std::vector<std::uint32_t> fibers() {
    std::vector<std::uint32_t> list;
    collect(first, list);
    first = kNoBranch;
    return list;
  }

  FootprintTable footprints;
  WakeupForest forest{footprints};
  BranchId first = kNoBranch;

 private:
  void collect(BranchId branch, std::vector<std::uint32_t>& list) {
    while (branch != kNoBranch) {
      list.push_back(sim::index_of(forest.fiber(branch)));
      collect(forest.take_children(branch), list);
      branch = forest.drop_first(branch);
    }
  }
};

using Fibers = std::vector<std::uint32_t>;

TEST_CASE("a sequence becomes a branch") {
  Forest f;
  f.insert({f.step(0, 1), f.step(1, 1)});
  CHECK(f.fibers() == Fibers{0, 1});
}

TEST_CASE("a leaf covers whatever can begin with it") {
  Forest f;
  f.insert({f.step(0, 1)});
  CHECK(f.covers({f.step(0, 1), f.step(1, 1)}));
  CHECK(f.covers({f.step(1, 2)}));  // independent of the leaf, so it can come after it
  CHECK_FALSE(f.covers({f.step(1, 1)}));
  f.insert({f.step(1, 2)});
  CHECK(f.fibers() == Fibers{0});
}

TEST_CASE("what cannot begin with any branch is a new branch, shared as far as it goes") {
  Forest f;
  f.insert({f.step(0, 1), f.step(1, 2)});
  f.insert({f.step(0, 1), f.step(2, 2)});
  f.insert({f.step(1, 1)});
  CHECK(f.fibers() == Fibers{0, 1, 2, 1});
}

TEST_CASE("a step of an unknown footprint is covered by nothing but itself") {
  Forest f;
  f.insert({f.step(0, 1)});
  CHECK_FALSE(f.covers({{sim::FiberId{1}, kUnknownFootprint}}));
  CHECK(f.covers({{sim::FiberId{0}, kUnknownFootprint}}));
}

TEST_CASE("a weak initial is in front, or out of everyone's way") {
  Forest f;
  const std::vector<Transition> sequence{f.step(0, 1), f.step(1, 2), f.step(2, 1)};
  std::size_t at = 0;
  CHECK(is_weak_initial(f.footprints, f.step(1, 2), sequence, at));
  CHECK(at == 1);
  CHECK_FALSE(is_weak_initial(f.footprints, f.step(2, 1), sequence, at));
  CHECK(is_weak_initial(f.footprints, f.step(3, 3), sequence, at));
  CHECK(at == 3);
  CHECK_FALSE(is_weak_initial(f.footprints, f.step(3, 2), sequence, at));
}

}  // namespace
}  // namespace simcheck::model
