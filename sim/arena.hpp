// An arena: one region of memory that can be put back to how it was, byte for byte.
//
// While an ArenaScope is active on a thread, plain `new` and `delete` use the arena. A World and
// all that a scenario builds in it are made under such a scope, and fibers run under it, so driver
// state, containers included, lies in the arena and going back to the start of an execution is one
// memcpy instead of a rebuild. Memory given back is not reused: an execution is short.
//
// Not covered: memory from malloc() itself, statics, other processes. Code under test that keeps
// state there behaves differently from one execution to the next, which the explorer reports as
// nondeterminism. Sanitizer builds use the ordinary heap, so that they see each object's bounds.
#pragma once

#include <cstddef>
#include <memory>
#include <span>

namespace simcheck::sim {

class Arena {
 public:
  /// The most one arena can hold; address space only, pages are used as they are touched.
  static constexpr std::size_t kBytesMax = std::size_t{64} << 20;

  Arena();
  ~Arena();
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;

  /// False in sanitizer builds: then Arena must not be used, and a World is rebuilt instead.
  static bool available();

  /// Memory that lives until restore() or the end of the arena. Stops the program when kBytesMax
  /// is exceeded.
  void* allocate(std::size_t bytes, std::size_t alignment);

  /// Remembers the present content; restore() goes back to it, to the same addresses.
  void save();
  void restore();

  /// What is in use now. Everything behind it is free.
  std::span<std::byte> content() { return {base_, used_}; }
  /// Goes back to having `bytes` in use; the caller puts their content back.
  void resize(std::size_t bytes) { used_ = bytes; }

  /// Bytes in use now, and bytes the saved image holds.
  std::size_t used() const { return used_; }
  std::size_t saved_bytes() const { return saved_used_; }

 private:
  std::byte* base_;
  std::size_t used_ = 0;
  std::size_t saved_used_ = 0;
  std::unique_ptr<std::byte[]> image_;
};

/// While it lives, `new` on this thread allocates from `arena`; from the heap if null.
class ArenaScope {
 public:
  explicit ArenaScope(Arena* arena) noexcept : before_(current_) { current_ = arena; }
  ~ArenaScope() { current_ = before_; }
  ArenaScope(const ArenaScope&) = delete;
  ArenaScope& operator=(const ArenaScope&) = delete;

  static Arena* current() noexcept { return current_; }

 private:
  static inline thread_local constinit Arena* current_ = nullptr;
  Arena* before_;
};

}  // namespace simcheck::sim
