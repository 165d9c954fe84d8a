// Arenas: `new` goes there while a scope says so, and restore() puts every byte back. Sanitizer
// builds have none, and these cases nothing to check there.

#include "sim/arena.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <map>
#include <memory>
#include <new>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "sim/sanitizer.hpp"

namespace simcheck::test {

using sim::Arena;
using sim::ArenaScope;

TEST_CASE("only sanitizer builds have no arenas") { CHECK(Arena::available() == !SIMCHECK_ASAN); }

// Checks stand outside of the scopes: they allocate too.
TEST_CASE("new uses the arena inside of a scope, the heap outside") {
  if (!Arena::available()) return;
  Arena arena;
  CHECK(arena.used() == 0);
  void* inside = nullptr;
  {
    const ArenaScope scope(&arena);
    inside = ::operator new(100);
  }
  const std::size_t used = arena.used();
  CHECK(used >= 100);
  void* const outside = ::operator new(100);
  void* nested = nullptr;
  std::size_t used_inside = 0;
  {
    const ArenaScope scope(&arena);
    {
      const ArenaScope heap(nullptr);
      nested = ::operator new(100);
    }
    used_inside = arena.used();
    ::operator delete(nested);  // the heap's, given back from inside of a scope
  }
  CHECK(used_inside == used);
  CHECK(ArenaScope::current() == nullptr);
  ::operator delete(outside);
  ::operator delete(inside);  // the arena's, given back from outside
  CHECK(arena.used() == used);
}

TEST_CASE("memory is aligned and never shared") {
  if (!Arena::available()) return;
  Arena arena;
  std::vector<std::pair<std::uintptr_t, std::size_t>> blocks;
  blocks.reserve(100);
  {
    const ArenaScope scope(&arena);
    for (std::size_t i = 0; i < 30; ++i) {
      const std::size_t alignment = std::size_t{1} << (i % 10);
      void* const memory = ::operator new (i % 4, std::align_val_t{alignment});
      blocks.emplace_back(reinterpret_cast<std::uintptr_t>(memory), alignment);
    }
  }
  std::set<std::uintptr_t> addresses;
  for (const auto& [address, alignment] : blocks) {
    CHECK(address % alignment == 0);
    CHECK(addresses.insert(address).second);
  }
}

TEST_CASE("restore puts back containers, at the same addresses") {
  if (!Arena::available()) return;
  struct State {
    std::vector<int> numbers{1, 2, 3};
    std::map<std::string, int> sizes{{"a name that is too long to be stored in place", 1}};
    std::string text = "another string that needs memory of its own";
  };
  Arena arena;
  State* state = nullptr;
  {
    const ArenaScope scope(&arena);
    state = new State;
  }
  arena.save();
  const int* const numbers = state->numbers.data();
  const int* const size = &state->sizes.begin()->second;
  const char* const text = state->text.data();
  const std::size_t used = arena.used();
  CHECK(arena.saved_bytes() == used);

  for (int round = 0; round < 3; ++round) {
    {
      const ArenaScope scope(&arena);
      for (int i = 0; i < 1000; ++i) state->numbers.push_back(i);
      state->sizes.clear();
      state->sizes["b"] = round;
      state->text = "short";
      state->text.shrink_to_fit();
    }
    arena.restore();
    CHECK(arena.used() == used);
    CHECK(state->numbers == std::vector<int>{1, 2, 3});
    CHECK(state->numbers.data() == numbers);
    CHECK(state->sizes ==
          std::map<std::string, int>{{"a name that is too long to be stored in place", 1}});
    CHECK(&state->sizes.begin()->second == size);
    CHECK(state->text == "another string that needs memory of its own");
    CHECK(state->text.data() == text);
  }
  delete state;
}

TEST_CASE("restore leaves the heap alone") {
  if (!Arena::available()) return;
  Arena arena;
  std::vector<int> outside{1};
  std::unique_ptr<int> inside;
  {
    const ArenaScope scope(&arena);
    inside = std::make_unique<int>(1);
  }
  arena.save();
  outside.push_back(2);
  *inside = 2;
  arena.restore();
  CHECK(outside == std::vector<int>{1, 2});
  CHECK(*inside == 1);
}

TEST_CASE("a new arena starts empty, also where another was") {
  if (!Arena::available()) return;
  for (int i = 0; i < 100; ++i) {  // more than there are at once
    Arena arena;
    const auto* const bytes = static_cast<const char*>(arena.allocate(4096, 16));
    CHECK(bytes[0] == 0);
    CHECK(bytes[4095] == 0);
    const ArenaScope scope(&arena);
    ::operator delete(::operator new(1 << 20));
  }
}

}  // namespace simcheck::test
