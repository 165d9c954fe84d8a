// A World that can be put back to its start, again and again.
#pragma once

#include <functional>
#include <memory>

#include "sim/arena.hpp"
#include "sim/world.hpp"

namespace simcheck::sim {

/// Builds a World from a closure and restores its initial state before each execution: from a saved
/// image of its arena, or, where there are no arenas (sanitizer builds), by building it anew. The
/// closure must build the same world each time; CodeFailed says that it threw an exception;
/// bad_alloc is passed on.
class Testbed {
 public:
  using Build = std::function<void(World&)>;

  explicit Testbed(Build build);
  ~Testbed();
  Testbed(const Testbed&) = delete;
  Testbed& operator=(const Testbed&) = delete;

  /// The world; the reference stays valid until the next reset().
  World& world() { return *world_; }
  const World& world() const { return *world_; }

  /// Back to the start. Fibers that were left suspended are cancelled first.
  void reset();

  /// The world's memory; null where there are no arenas.
  Arena* arena() { return arena_.get(); }

  /// Bytes that reset() copies; 0 if it rebuilds.
  std::size_t image_bytes() const { return arena_ ? arena_->saved_bytes() : 0; }

 private:
  void build();
  void end_execution();

  Build build_;
  std::unique_ptr<Arena> arena_;
  World* world_ = nullptr;
};

}  // namespace simcheck::sim
