// A driver's shared state: a value that several fibers use. Every access is part of the running
// transition's footprint, which is how the checker knows what depends on what.
#pragma once

#include <fmt/format.h>

#include <string>
#include <utility>

#include "sim/arena.hpp"
#include "sim/world.hpp"

namespace simcheck::sim {

/// Reads and writes like a T: `off = cur; cur += 8;`. Use from fibers only (the constructor
/// excepted). T is a small value that fmt can print.
template <class T>
class Shared {
 public:
  Shared(World& world, std::string name, T initial = T{})
      : world_(world), id_(world.add_object(std::move(name))), value_(std::move(initial)) {}
  Shared(const Shared&) = delete;

  T load() const {
    world_.touch(id_, AccessMode::kRead);
    return value_;
  }
  void store(T value) {
    world_.touch(id_, AccessMode::kWrite);
    set(std::move(value));
  }
  T exchange(T value) {
    T before = load();
    store(std::move(value));
    return before;
  }
  /// Stores `desired` if the value equals `expected`; a failed exchange counts as a read.
  bool compare_exchange(const T& expected, T desired) {
    if (load() != expected) return false;
    store(std::move(desired));
    return true;
  }
  T fetch_add(T amount) {
    T before = load();
    store(before + amount);
    return before;
  }

  operator T() const { return load(); }
  Shared& operator=(T value) { return store(std::move(value)), *this; }
  Shared& operator+=(T amount) { return fetch_add(std::move(amount)), *this; }
  T operator++() { return fetch_add(T{1}) + T{1}; }
  T operator++(int) { return fetch_add(T{1}); }

  /// The value, without an access: for observers outside of the execution.
  const T& peek() const { return value_; }

  ObjectId id() const { return id_; }

 private:
  void set(T value) {
    if (world_.narrating()) [[unlikely]] {
      const ArenaScope heap(nullptr);
      world_.narrate_change(id_, fmt::format("{}", value_), fmt::format("{}", value));
    }
    value_ = std::move(value);
  }

  World& world_;
  ObjectId id_;
  T value_;
};

}  // namespace simcheck::sim
