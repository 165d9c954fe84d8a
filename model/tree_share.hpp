// How much of a search tree is explored, guessed along the branch that is being explored now.
//
// At each node of the branch, the subtrees of its children are taken to be equally large: those
// explored before count as done, those that are known to follow as still to be done. After the
// weighted backtrack estimator of Kilby, Slaney, Thiebaux, Walsh, "Estimating Search Tree Size",
// AAAI 2006, itself after Knuth, "Estimating the Efficiency of Backtrack Programs", 1975.
#pragma once

#include <bit>
#include <cstddef>
#include <span>

#include "sim/fiber_set.hpp"

namespace simcheck::model {

class TreeShare {
 public:
  /// The next node down the branch: children explored before the current one; the current one and
  /// those after it.
  void enter(std::size_t explored, std::size_t left) {
    if (left == 0) return;
    const double each = weight_ / static_cast<double>(explored + left);
    done_ += each * static_cast<double>(explored);
    weight_ = each;
  }
  /// Of the whole tree, from 0 to 1.
  double done() const { return done_; }

 private:
  double done_ = 0;
  double weight_ = 1;  // of the subtree entered last
};

/// Of a search that knows at each node what there was to choose from, and what is not yet tried.
inline double share_of(std::span<const sim::FiberSet> choices,
                       std::span<const sim::FiberSet> untried) {
  TreeShare share;
  for (std::size_t i = 0; i < choices.size(); ++i) {
    const auto tried = static_cast<std::size_t>(std::popcount(choices[i] & ~untried[i]));
    const auto left = static_cast<std::size_t>(std::popcount(untried[i])) + 1;
    share.enter(tried == 0 ? 0 : tried - 1, left);
  }
  return share.done();
}

}  // namespace simcheck::model
