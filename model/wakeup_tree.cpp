#include "model/wakeup_tree.hpp"

#include "model/archive_types.hpp"

namespace simcheck::model {

bool is_weak_initial(const FootprintTable& footprints, const Transition& step,
                     std::span<const Transition> sequence, std::size_t& at) {
  for (at = 0; at < sequence.size(); ++at) {
    if (sequence[at].fiber == step.fiber) return true;
    if (!footprints.independent(sequence[at].footprint, step.footprint)) return false;
  }
  return !step.is_cut;
}

void WakeupForest::insert(BranchId& first, std::vector<Transition>& sequence) {
  if (first == kNoBranch) {
    first = add_chain(sequence);
    return;
  }
  const BranchId last = descend(first, sequence);
  if (last == kNoBranch) return;
  const BranchId chain = add_chain(sequence);  // may move nodes_
  nodes_[last].next = chain;
}

bool WakeupForest::covers(BranchId first, std::vector<Transition>& sequence) const {
  return first != kNoBranch && descend(first, sequence) == kNoBranch;
}

BranchId WakeupForest::descend(BranchId branch, std::vector<Transition>& sequence) const {
  for (;;) {
    const Node& node = nodes_[branch];
    std::size_t at = 0;
    if (is_weak_initial(*footprints_, node.step, sequence, at)) {
      if (at < sequence.size()) {
        sequence.erase(sequence.begin() + static_cast<std::ptrdiff_t>(at));
      }
      // A leaf is explored in all ways, which covers whatever begins with it.
      if (node.children == kNoBranch || sequence.empty()) return kNoBranch;
      branch = node.children;
    } else if (node.next != kNoBranch) {
      branch = node.next;
    } else {
      return branch;
    }
  }
}

void WakeupForest::drop_children(BranchId branch) {
  for (BranchId child = nodes_[branch].children; child != kNoBranch;) child = drop_first(child);
}

std::size_t WakeupForest::width(BranchId first) const {
  std::size_t width = 0;
  for (; first != kNoBranch; first = nodes_[first].next) ++width;
  return width;
}

void WakeupForest::Node::save_or_load(Archive& archive) { archive(step, children, next); }

void WakeupForest::save_or_load(Archive& archive) { archive(nodes_, free_); }

BranchId WakeupForest::add_new(const Transition& step) {
  nodes_.push_back({.step = step});
  return static_cast<BranchId>(nodes_.size() - 1);
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
