// Checkpoints of a World: going back to an earlier moment of an execution by copying memory instead
// of running up to it again.
//
// A checkpoint holds the world's arena and the used part of each fiber's stack. That is everything,
// as long as code under test keeps no state elsewhere: not in memory from malloc() (heap_watch.hpp
// notices), not in statics (the explorer's re-runs notice, if it changes what happens), and not in
// a pending exception (World::can_be_saved()).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/arena.hpp"
#include "sim/world.hpp"

namespace simcheck::sim {

/// A pile of checkpoints along one path of transitions, the latest on top. Who goes another way
/// from one of them has those behind it dropped, or the world's tapes put back (Tapes::keep). World
/// and arena must outlive it. Only for worlds in an arena, and on the thread that runs the world.
class Checkpoints {
 public:
  Checkpoints(World& world, Arena& arena) : world_(world), arena_(arena) {}

  /// Puts the present on top of the pile. False, and nothing done, if the world cannot be saved
  /// now.
  bool save();
  /// Goes back to the latest checkpoint with at most `steps` transitions before it, and says how
  /// many those are. There must be one. The pile stays as it is.
  std::uint32_t restore(std::uint32_t steps);
  /// Takes those off the pile that have more than `steps` transitions before them.
  void drop_behind(std::uint32_t steps);

  /// The number of transitions before the checkpoint on top; the pile must not be empty.
  std::uint32_t top() const { return pile_[size_ - 1].steps; }
  /// The bytes that it copied.
  std::size_t top_bytes() const { return pile_[size_ - 1].used; }
  bool empty() const { return size_ == 0; }
  /// Bytes held by all buffers, for statistics.
  std::size_t bytes() const;

 private:
  struct SavedStack {
    std::byte* address = nullptr;
    std::size_t size = 0;
  };
  struct Checkpoint {
    std::uint32_t steps = 0;
    std::size_t used = 0;  // of `bytes`
    std::size_t arena_used = 0;
    std::vector<SavedStack> stacks;
    std::vector<std::byte> bytes;  // the arena's, then the stacks'
  };

  World& world_;
  Arena& arena_;
  std::vector<Checkpoint> pile_;  // [size_ ...]: spare ones, kept for their buffers
  std::size_t size_ = 0;
};

}  // namespace simcheck::sim
