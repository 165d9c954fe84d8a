// Wakeup trees: the sequences of transitions that still have to be explored from a node, ordered
// and prefix-shared, so that no two of them lead to the same trace.
//
// Source: Abdulla, Aronis, Jonsson, Sagonas, "Source Sets: A Foundation for Optimal Dynamic Partial
// Order Reduction", J. ACM 64(4), 2017, section 6 (definition 6.1, insertion after definition 6.3).
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "model/footprint_table.hpp"
#include "model/strategy.hpp"

namespace simcheck::model {

/// A node of a wakeup tree, by its place in the forest; kNoBranch if there is none.
using BranchId = std::uint32_t;
inline constexpr BranchId kNoBranch = UINT32_MAX;

/// True if `step` is a weak initial of `sequence`: the sequence, possibly extended, is equivalent
/// to one that begins with this step. `at` gives its position, sequence.size() if it is not in it:
/// never of a power cut, which nothing can follow.
bool is_weak_initial(const FootprintTable& footprints, const Transition& step,
                     std::span<const Transition> sequence, std::size_t& at);

/// All wakeup trees of one exploration, in one pool. A tree is the list of its first branches, in
/// the order in which they are to be explored.
class WakeupForest {
 public:
  explicit WakeupForest(const FootprintTable& footprints) : footprints_(&footprints) {}

  /// Adds `sequence` to the tree whose first branch is `first`, unless a branch already covers it.
  /// `sequence` is used up as working space.
  void insert(BranchId& first, std::vector<Transition>& sequence);

  /// Does a branch of the tree cover `sequence`, whose last step may have an unknown footprint?
  /// Uses up `sequence`.
  bool covers(BranchId first, std::vector<Transition>& sequence) const;

  /// A tree of one branch of one step.
  BranchId singleton(const Transition& step) { return add(step); }

  /// The step of a branch, and the tree behind it, which the caller takes over.
  sim::FiberId fiber(BranchId branch) const { return nodes_[branch].step.fiber; }
  void set_step(BranchId branch, const Transition& step) { nodes_[branch].step = step; }
  BranchId take_children(BranchId branch) {
    return std::exchange(nodes_[branch].children, kNoBranch);
  }

  /// Removes the first branch of a tree, with all behind it; gives the next.
  BranchId drop_first(BranchId first) {
    if (nodes_[first].children != kNoBranch) [[unlikely]]
      drop_children(first);
    free_.push_back(first);
    return nodes_[first].next;
  }

  /// Are there branches behind the first?
  bool has_next(BranchId first) const { return nodes_[first].next != kNoBranch; }

  /// How many branches a tree has at its root.
  std::size_t width(BranchId first) const;

  void save_or_load(Archive& archive);

 private:
  struct Node {
    Transition step;
    BranchId children = kNoBranch;
    BranchId next = kNoBranch;

    void save_or_load(Archive& archive);
  };

  // Walks down the branches that `sequence` can begin with, and takes their steps out of it. Gives
  // the last branch of the list it stopped in, or kNoBranch if a branch covers the sequence.
  BranchId descend(BranchId first, std::vector<Transition>& sequence) const;
  BranchId add(const Transition& step) {
    if (free_.empty()) return add_new(step);
    const BranchId branch = free_.back();
    free_.pop_back();
    nodes_[branch] = {.step = step};
    return branch;
  }
  BranchId add_new(const Transition& step);
  void drop_children(BranchId branch);
  BranchId add_chain(std::span<const Transition> sequence);

  const FootprintTable* footprints_;
  std::vector<Node> nodes_;
  std::vector<BranchId> free_;
};

}  // namespace simcheck::model
