// Destructors that do something, for the tests of fibers that end.
#pragma once

#include <functional>

namespace simcheck::test {

/// Runs `action` when it is destroyed, be it by an exception.
struct AtExit {
  std::function<void()> action;
  ~AtExit() { action(); }
};

}  // namespace simcheck::test
