#include "model/wakeup_tree.hpp"

#include "sim/assert.hpp"

namespace simcheck::model {

bool is_weak_initial(const FootprintTable& footprints, const Transition& step,
                     std::span<const Transition> sequence, std::size_t& at) {
  for (at = 0; at < sequence.size(); ++at) {
    if (sequence[at].fiber == step.fiber) return true;
    if (!footprints.independent(sequence[at].footprint, step.footprint)) return false;
  }
  return true;
}

void WakeupForest::insert(BranchId& first, std::vector<Transition>& sequence) {
  if (first == kNoBranch) {
    first = add_chain(sequence);
    return;
  }
  BranchId branch = first;
  for (;;) {
    std::size_t at = 0;
    if (is_weak_initial(footprints_, nodes_[branch].step, sequence, at)) {
      if (at < sequence.size()) {
        sequence.erase(sequence.begin() + static_cast<std::ptrdiff_t>(at));
      }
      const BranchId child = nodes_[branch].children;
      // A leaf is explored in all ways, which covers whatever begins with it.
      if (child == kNoBranch || sequence.empty()) return;
      branch = child;
    } else if (nodes_[branch].next != kNoBranch) {
      branch = nodes_[branch].next;
    } else {
      const BranchId chain = add_chain(sequence);
      nodes_[branch].next = chain;
      return;
    }
  }
}

BranchId WakeupForest::take_children(BranchId branch) {
  const BranchId children = nodes_[branch].children;
  nodes_[branch].children = kNoBranch;
  return children;
}

BranchId WakeupForest::drop_first(BranchId first) {
  SIMCHECK_ASSERT(nodes_[first].children == kNoBranch, "a dropped branch has no children left");
  free_.push_back(first);
  return nodes_[first].next;
}

BranchId WakeupForest::add(const Transition& step) {
  BranchId branch;
  if (free_.empty()) {
    branch = static_cast<BranchId>(nodes_.size());
    nodes_.push_back({.step = step});
  } else {
    branch = free_.back();
    free_.pop_back();
    nodes_[branch] = {.step = step};
  }
  return branch;
}

BranchId WakeupForest::add_chain(std::span<const Transition> sequence) {
  BranchId chain = kNoBranch;
  for (std::size_t i = sequence.size(); i-- > 0;) {
    const BranchId branch = add(sequence[i]);
    nodes_[branch].children = chain;
    chain = branch;
  }
  return chain;
}

}  // namespace simcheck::model
