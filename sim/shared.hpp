// A driver's shared state: a value that several fibers use. Every access is part of the running
// transition's footprint, which is how the checker knows what depends on what.
#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "sim/arena.hpp"
#include "sim/world.hpp"

namespace simcheck::sim {

/// Throws std::logic_error: what a pointer points to is no part of a state's hash, and where it
/// points depends on the order of what came before.
[[noreturn]] void refuse_pointer(std::string_view name);

/// Reads and writes like a T: `off = cur; cur += 8;`. Use from fibers only (the constructor
/// excepted). T is a small value that fmt can print, or a pointer: of that, traces tell whether it
/// is null, and states cannot be recognised by it (std::logic_error with World::hash_states()).
///
/// With several threads, fibers of other threads may come before every access. The operators are
/// those of an ordinary variable: `x += 1` is a load, then a store, and unordered accesses are a
/// data race. The named functions are those of a std::atomic, sequentially consistent, each one
/// access, and traces show the line of the call.
template <class T>
class Shared {
 public:
  Shared(World& world, std::string name, T initial = T{})
      : world_(world), id_(world.add_known_object(std::move(name))), value_(std::move(initial)) {
    if (std::is_pointer_v<T> && world.states() != nullptr) refuse_pointer(world.object_name(id_));
    tell_states();
  }
  Shared(const Shared&) = delete;

  T load(Where where = Where::here()) const { return read(kAtomic, where); }
  void store(T value, Where where = Where::here()) { write(std::move(value), kAtomic, where); }
  T exchange(T value, Where where = Where::here()) {
    return change([&](const T&) { return std::move(value); }, where);
  }
  /// Stores `desired` if the value equals `expected`; a failed exchange counts as a read.
  bool compare_exchange(const T& expected, T desired, Where where = Where::here()) {
    world_.preempt();
    world_.at(where);
    const bool equal = value_ == expected;
    world_.access(id_, equal ? AccessMode::kWrite : AccessMode::kRead, equal ? kUpdate : kAtomic);
    if (StateHasher* states = world_.states()) [[unlikely]]
      states->observe(id_, hash_of_word(equal ? 1 : 0));
    if (equal) {
      set(std::move(desired));
    } else {
      tell("finds");
    }
    return equal;
  }
  T fetch_add(T amount, Where where = Where::here()) {
    return change([&](const T& value) { return value + amount; }, where);
  }
  T fetch_sub(T amount, Where where = Where::here()) {
    return change([&](const T& value) { return value - amount; }, where);
  }
  T fetch_and(T bits, Where where = Where::here()) {
    return change([&](const T& value) { return value & bits; }, where);
  }
  T fetch_or(T bits, Where where = Where::here()) {
    return change([&](const T& value) { return value | bits; }, where);
  }

  operator T() const { return read(kPlain); }
  Shared& operator=(T value) { return write(std::move(value), kPlain), *this; }
  Shared& operator=(const Shared& other) { return *this = other.read(kPlain); }
  Shared& operator+=(T amount) {
    const Forgetting what_it_was(world_.states());
    return *this = read(kPlain) + std::move(amount);
  }
  Shared& operator-=(T amount) {
    const Forgetting what_it_was(world_.states());
    return *this = read(kPlain) - std::move(amount);
  }
  T operator++() {
    T value = read(kPlain) + T{1};
    return write(value, kPlain), value;
  }
  T operator++(int) {
    T value = read(kPlain);
    return write(value + T{1}, kPlain), value;
  }

  T operator--() {
    T value = read(kPlain) - T{1};
    return write(value, kPlain), value;
  }
  T operator--(int) {
    T value = read(kPlain);
    return write(value - T{1}, kPlain), value;
  }

  /// The value, without an access: for observers outside of the execution.
  const T& peek() const { return value_; }

  ObjectId id() const { return id_; }

 private:
  using enum Atomicity;

  // The short ways are for repeating what is known, which is most of an exploration.
  T read(Atomicity atomicity, const Where& where = {}) const {
    if (world_.has_onlookers()) [[unlikely]]
      return read_watched(atomicity, where);
    world_.touch(id_, AccessMode::kRead);
    return value_;
  }
  void write(T value, Atomicity atomicity, const Where& where = {}) {
    if (world_.has_onlookers()) [[unlikely]]
      return write_watched(std::move(value), atomicity, where);
    world_.touch(id_, world_.store_mode());
    value_ = std::move(value);
  }
  [[gnu::noinline]] T read_watched(Atomicity atomicity, const Where& where) const {
    world_.preempt();
    world_.at(where);
    tell("reads");
    world_.access(id_, AccessMode::kRead, atomicity);
    observe();
    return value_;
  }
  [[gnu::noinline]] void write_watched(T value, Atomicity atomicity, const Where& where) {
    world_.preempt();
    world_.at(where);
    world_.access(id_, world_.store_mode(), atomicity);
    set(std::move(value));
  }
  template <class Function>
  T change(const Function& function, const Where& where) {
    world_.preempt();
    world_.at(where);
    world_.access(id_, AccessMode::kWrite, kUpdate);
    observe();
    T before = value_;
    set(function(before));
    return before;
  }
  void set(T value) {
    if (world_.narrating()) [[unlikely]] {
      const ArenaScope heap(nullptr);
      const std::string before = text_of(value_), after = text_of(value);
      world_.narrate_change(id_, before, after);
      if (before == after) tell("leaves");
    }
    value_ = std::move(value);
    tell_states();
  }
  // What a fiber learned, where threads preempt each other: it may be all that a transition does.
  void tell(std::string_view what) const {
    if (!world_.narrating() || !world_.preemptive()) [[likely]]
      return;
    const ArenaScope heap(nullptr);
    world_.narrate_note(fmt::format("{} {}: {}", what, world_.object_name(id_), text_of(value_)));
  }
  // Where memory lies depends on who came first.
  static std::string text_of(const T& value) {
    if constexpr (std::is_pointer_v<T>) {
      return value == nullptr ? "null" : "set";
    } else {
      return fmt::format("{}", value);
    }
  }
  void observe() const {
    if (StateHasher* states = world_.states()) [[unlikely]]
      states->observe(id_, hash_of_value(value_));
  }
  void tell_states() const {
    if (StateHasher* states = world_.states()) [[unlikely]]
      states->set(id_, hash_of_value(value_));
  }

  World& world_;
  ObjectId id_;
  T value_;
};

}  // namespace simcheck::sim
