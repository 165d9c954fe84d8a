// What the programs of the literature are made of: variables and mutexes by index, and a thread for
// each fiber.
#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "sim/sim.hpp"

namespace simcheck::test {

/// Shared integers by index.
class Variables {
 public:
  Variables(sim::World& world, const std::string& name, int count, int initial = 0) {
    for (int i = 0; i < count; ++i) {
      all_.push_back(
          std::make_unique<sim::Shared<int>>(world, fmt::format("{}[{}]", name, i), initial));
    }
  }
  sim::Shared<int>& operator[](int i) { return *all_[static_cast<std::size_t>(i)]; }

 private:
  std::vector<std::unique_ptr<sim::Shared<int>>> all_;
};

class Mutexes {
 public:
  Mutexes(sim::World& world, const std::string& name, int count) {
    for (int i = 0; i < count; ++i) {
      all_.push_back(std::make_unique<sim::Mutex>(world, fmt::format("{}[{}]", name, i)));
    }
  }
  sim::Mutex& operator[](int i) { return *all_[static_cast<std::size_t>(i)]; }

 private:
  std::vector<std::unique_ptr<sim::Mutex>> all_;
};

inline void start(sim::World& world, int thread, std::function<void()> body) {
  world.spawn(fmt::format("t{}", thread), std::move(body),
              {.thread = sim::ThreadId{static_cast<std::uint32_t>(thread)}});
}

}  // namespace simcheck::test
