// A fiber: a stack, and a way to switch to it and back. Nothing here knows about scheduling.
//
// Built on Boost.Context's fcontext (a switch is a handful of register moves). Each fiber has its
// own C++ exception globals, so that one may suspend inside a catch block; switches are announced
// to AddressSanitizer. A fiber that is no longer wanted is cancelled by an exception thrown after
// an ordinary resume (World does that), not by Boost's forced unwinding.
//
// What leads to a switch is inline, here and in World. A processor predicts that a return goes back
// to the latest call. After a switch that call is on another stack, so each return up to the code
// that goes on is a wrong guess, and costs about as much as the switch itself.
#pragma once

#include <boost/context/detail/fcontext.hpp>
#include <cstddef>
#include <utility>

#include "sim/sanitizer.hpp"

namespace simcheck::sim {

/// A guarded stack from a pool; returned to the pool by the destructor. Stacks keep their address
/// for the life of the owner.
class Stack {
 public:
  static constexpr std::size_t kBytes = 256 * 1024;

  Stack();
  ~Stack();
  Stack(Stack&& other) noexcept : bottom_(other.bottom_) { other.bottom_ = nullptr; }
  Stack& operator=(Stack&&) = delete;

  std::byte* bottom() const { return bottom_; }
  std::byte* top() const { return bottom_ + kBytes; }

 private:
  std::byte* bottom_;
};

/// The part of a thread's C++ exception state that must travel with a fiber (Itanium C++ ABI,
/// section 2.2.2: __cxa_eh_globals).
struct ExceptionGlobals {
  void* caught = nullptr;
  unsigned int uncaught = 0;

  /// This thread's. Asked for once per thread: the call costs more than a switch.
  static ExceptionGlobals& of_thread() {
    if (known_ == nullptr) [[unlikely]]
      known_ = ask();
    return *known_;
  }
  /// Most fibers suspend with no exception about: then there is nothing to exchange.
  void exchange(ExceptionGlobals& other) {
    if (caught != other.caught || uncaught != other.uncaught) [[unlikely]]
      std::swap(*this, other);
  }

 private:
  static ExceptionGlobals* ask();
  static inline thread_local constinit ExceptionGlobals* known_ = nullptr;
};

class Fiber {
 public:
  using Entry = void (*)(void* argument);

  /// Prepares `entry(argument)` to run on `stack` at the next resume(). The entry function must not
  /// return and must not let an exception out; its last act is suspend(). May be called again at
  /// any time while the fiber is not running; what was on the stack is forgotten.
  void prepare(const Stack& stack, Entry entry, void* argument);

  /// Runs the fiber until it suspends. Called from the scheduler's stack.
  void resume();

  /// Goes back to the caller of resume(). Called from the fiber's own stack.
  void suspend();

  /// Where the used part of a suspended fiber's stack begins; it ends at the stack's top.
  std::byte* used_from() const { return static_cast<std::byte*>(fiber_); }
  /// It is suspended within a catch block, or a destructor that an exception calls: that lies
  /// neither on its stack nor in an arena.
  bool holds_exception() const {
    return exceptions_.caught != nullptr || exceptions_.uncaught != 0;
  }

 private:
  static void start(boost::context::detail::transfer_t from);

  boost::context::detail::fcontext_t fiber_ = nullptr;
  boost::context::detail::fcontext_t scheduler_ = nullptr;
  Entry entry_ = nullptr;
  void* argument_ = nullptr;
  ExceptionGlobals exceptions_;
  [[no_unique_address]] sanitizer::StackNotes own_notes_;
  [[no_unique_address]] sanitizer::StackNotes scheduler_notes_;
};

[[gnu::always_inline]] inline void Fiber::resume() {
  ExceptionGlobals& globals = ExceptionGlobals::of_thread();
  globals.exchange(exceptions_);
  sanitizer::start_switch(scheduler_notes_, own_notes_);
  fiber_ = boost::context::detail::jump_fcontext(fiber_, this).fctx;
  sanitizer::finish_switch(scheduler_notes_, own_notes_);
  globals.exchange(exceptions_);
}

[[gnu::always_inline]] inline void Fiber::suspend() {
  sanitizer::start_switch(own_notes_, scheduler_notes_);
  scheduler_ = boost::context::detail::jump_fcontext(scheduler_, nullptr).fctx;
  sanitizer::finish_switch(own_notes_, scheduler_notes_);
}

}  // namespace simcheck::sim
