// Checkpoints: a world goes back and on again as if nothing had happened since. Sanitizer builds
// have no arenas, so no checkpoints.
#include "sim/checkpoints.hpp"

#include <doctest/doctest.h>

#include <stdexcept>
#include <string>
#include <vector>

#include "sim/testbed.hpp"
#include "tests/sim/steps.hpp"

namespace simcheck::test {
namespace {

// Appends letters to a shared text; its own copy lives on its stack, over all its waits.
void append_thrice(sim::World& world, std::vector<char>& text, char letter) {
  std::vector<char> own;
  for (int i = 0; i < 3; ++i) {
    own.push_back(letter);
    text.insert(text.end(), own.begin(), own.end());
    world.yield();
  }
}

struct Text {
  std::vector<char> letters;
  std::string string() const { return {letters.begin(), letters.end()}; }
};

TEST_CASE("a restored world goes on as it did the first time") {
  if (!sim::Arena::available()) return;
  Text* text = nullptr;
  sim::Testbed testbed([&](sim::World& world) {
    text = &world.make<Text>();
    for (const char letter : {'a', 'b'}) {
      world.spawn(std::string(1, letter),
                  [&world, text, letter] { append_thrice(world, text->letters, letter); });
    }
  });
  sim::World& world = testbed.world();
  sim::Checkpoints checkpoints(world, *testbed.arena());
  CHECK(checkpoints.save());
  run(world, "AB");
  CHECK(checkpoints.save());
  run(world, "AB");
  const std::string after_four = text->string();
  CHECK(checkpoints.save());
  run(world, "BBAA");
  CHECK(text->string() != after_four);

  CHECK(checkpoints.restore(5) == 4);
  CHECK(text->string() == after_four);
  CHECK(world.steps() == 4);
  CHECK(checkpoints.restore(3) == 2);
  CHECK(text->string() == "ab");
  run(world, "AB");
  CHECK(text->string() == after_four);
  CHECK(checkpoints.restore(0) == 0);
  CHECK(text->string().empty());
  run(world, "BA");
  CHECK(text->string() == "ba");

  checkpoints.drop_behind(1);
  CHECK(checkpoints.top() == 0);
  checkpoints.restore(10);
  finish(world);
  CHECK(world.unfinished() == 0);
}

TEST_CASE("a fiber that waits within a catch block cannot be saved") {
  if (!sim::Arena::available()) return;
  sim::Testbed testbed([](sim::World& world) {
    world.spawn("a", [&world] {
      try {
        throw std::runtime_error("gone wrong");
      } catch (const std::runtime_error&) {
        world.yield();
      }
      world.yield();
    });
  });
  sim::World& world = testbed.world();
  sim::Checkpoints checkpoints(world, *testbed.arena());
  CHECK(checkpoints.save());
  run(world, "A");
  CHECK_FALSE(checkpoints.save());
  run(world, "A");
  CHECK(checkpoints.save());
  finish(world);
}

}  // namespace
}  // namespace simcheck::test
