// Fibers without a World: switching, stacks, and exception state that stays at home.

#include "sim/fiber.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <exception>
#include <functional>
#include <memory>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "tests/sim/at_exit.hpp"
#include "tests/sim/exit_status.hpp"

namespace simcheck::test {
namespace {

// A fiber that runs a closure. The last act of its entry is to suspend, as a fiber must.
class TestFiber {
 public:
  explicit TestFiber(std::function<void(TestFiber&)> body) : body_(std::move(body)) { prepare(); }

  void prepare() {
    ended_ = false;
    fiber_.prepare(stack_, &TestFiber::main, this);
  }
  void resume() { fiber_.resume(); }
  void suspend() { fiber_.suspend(); }
  bool ended() const { return ended_; }
  const sim::Stack& stack() const { return stack_; }

 private:
  static void main(void* argument) {
    TestFiber& self = *static_cast<TestFiber*>(argument);
    self.body_(self);
    self.ended_ = true;
    self.suspend();
  }

  std::function<void(TestFiber&)> body_;
  sim::Stack stack_;
  sim::Fiber fiber_;
  bool ended_ = false;
};

// Uses about a kilobyte of stack per level; the sum keeps the compiler from being clever.
std::size_t use_stack(int levels) {
  std::array<volatile std::byte, 1024> local;
  for (auto& byte : local) byte = std::byte{1};
  std::size_t sum = levels > 1 ? use_stack(levels - 1) : 0;
  for (const auto& byte : local) sum += static_cast<std::size_t>(byte);
  return sum;
}

}  // namespace

TEST_CASE("a fiber goes on where it left off") {
  std::string story;
  TestFiber fiber([&](TestFiber& self) {
    for (const char c : std::string("abc")) {
      story += c;
      self.suspend();
    }
  });
  CHECK(story.empty());
  for (const char* expected : {"a", "ab", "abc"}) {
    fiber.resume();
    CHECK(story == expected);
    CHECK(!fiber.ended());
  }
  fiber.resume();
  CHECK(fiber.ended());
}

TEST_CASE("a thousand fibers, each with a stack of its own") {
  std::vector<std::unique_ptr<TestFiber>> fibers;
  std::set<const std::byte*> stacks;
  std::size_t sum = 0;
  for (std::size_t i = 0; i < 1000; ++i) {
    fibers.push_back(std::make_unique<TestFiber>([&sum, i](TestFiber& self) {
      const std::size_t on_the_stack = i;
      for (int round = 0; round < 3; ++round) {
        sum += on_the_stack;
        self.suspend();
      }
    }));
    stacks.insert(fibers.back()->stack().bottom());
  }
  CHECK(stacks.size() == 1000);
  for (int round = 0; round < 4; ++round)
    for (auto& fiber : fibers) fiber->resume();
  CHECK(sum == 3 * 999 * 1000 / 2);
  for (auto& fiber : fibers) CHECK(fiber->ended());
}

TEST_CASE("stacks come from a pool") {
  const std::byte* bottom = nullptr;
  {
    const sim::Stack stack;
    bottom = stack.bottom();
    CHECK(stack.top() - bottom == sim::Stack::kBytes);
  }
  CHECK(sim::Stack().bottom() == bottom);
}

TEST_CASE("a fiber can be prepared again") {
  int runs = 0;
  TestFiber fiber([&](TestFiber& self) {
    ++runs;
    self.suspend();
  });
  for (int i = 0; i < 3; ++i) {  // each time left suspended in the middle
    fiber.prepare();
    fiber.resume();
    CHECK(!fiber.ended());
  }
  CHECK(runs == 3);
}

// 150 KiB of locals: twice as much where sanitizers surround each with guards, or at -O0.
TEST_CASE("a fiber may use most of its stack") {
  std::size_t sum = 0;
  TestFiber fiber([&](TestFiber&) { sum = use_stack(120); });
  fiber.resume();
  CHECK(sum == 120 * 1024);
}

TEST_CASE("a stack that overflows runs into its guard page") {
  std::size_t sum = 0;
  TestFiber fiber([&](TestFiber&) { sum = use_stack(10'000); });
  CHECK(exit_status_of([&] { fiber.resume(); }) != 0);
}

TEST_CASE("an exception is thrown and caught inside a fiber") {
  std::string caught;
  TestFiber fiber([&](TestFiber&) {
    try {
      throw std::runtime_error("text");
    } catch (const std::exception& error) {
      caught = error.what();
    }
  });
  fiber.resume();
  CHECK(caught == "text");
}

// Without exception globals of their own, each rethrow would find the other's exception.
TEST_CASE("two fibers suspend inside their catch blocks") {
  std::vector<std::string> rethrown;
  const auto body = [&](const char* text) {
    return [&rethrown, text](TestFiber& self) {
      try {
        try {
          throw std::runtime_error(text);
        } catch (const std::exception&) {
          self.suspend();
          throw;
        }
      } catch (const std::exception& error) {
        rethrown.emplace_back(error.what());
      }
    };
  };
  TestFiber first(body("first")), second(body("second"));
  first.resume();
  second.resume();
  first.resume();
  second.resume();
  CHECK(rethrown == std::vector<std::string>{"first", "second"});
}

TEST_CASE("a fiber throws and catches while another is inside its catch block") {
  TestFiber outer([](TestFiber& self) {
    try {
      throw 1;
    } catch (int number) {
      self.suspend();
      CHECK(number == 1);
      CHECK(std::current_exception() != nullptr);
    }
    CHECK(std::current_exception() == nullptr);
  });
  TestFiber inner([](TestFiber&) {
    CHECK(std::current_exception() == nullptr);
    CHECK_THROWS_AS(throw std::logic_error("inner"), std::logic_error);
  });
  outer.resume();
  CHECK(std::current_exception() == nullptr);
  inner.resume();
  outer.resume();
  CHECK(outer.ended());
}

TEST_CASE("the caller may be inside a catch block too") {
  TestFiber fiber([](TestFiber& self) {
    CHECK(std::current_exception() == nullptr);
    self.suspend();
  });
  try {
    throw std::runtime_error("the caller's");
  } catch (const std::exception& error) {
    fiber.resume();
    CHECK(std::current_exception() != nullptr);
    CHECK(std::string(error.what()) == "the caller's");
  }
  fiber.resume();
}

TEST_CASE("uncaught_exceptions counts the running fiber's alone") {
  std::vector<int> counts;
  TestFiber unwinding([&](TestFiber& self) {
    try {
      const AtExit suspend{[&] {
        counts.push_back(std::uncaught_exceptions());
        self.suspend();
        counts.push_back(std::uncaught_exceptions());
      }};
      throw 1;
    } catch (int) {
      counts.push_back(std::uncaught_exceptions());
    }
  });
  TestFiber calm([&](TestFiber&) { counts.push_back(std::uncaught_exceptions()); });
  unwinding.resume();
  counts.push_back(std::uncaught_exceptions());
  calm.resume();
  unwinding.resume();
  CHECK(counts == std::vector<int>{1, 0, 0, 1, 0});
}

}  // namespace simcheck::test
