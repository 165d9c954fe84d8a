// Small random programs for the checker to be checked with: a few fibers, each a list of
// operations on shared variables, a disk, a queue and a mutex.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sim/sim.hpp"

namespace simcheck::test {

enum class OpKind : std::uint8_t {
  kYield,      // ends the section
  kRead,       // observes variable x
  kWrite,      // x = a value of its own
  kAdd,        // x += 1
  kBranch,     // reads x, and only if it is odd writes y: the footprint depends on the state
  kDiskWrite,  // writes block x of the disk
  kDiskRead,   // reads it, and observes its first byte
  kWait,       // waits in the queue, if x is even
  kWake,       // wakes one
  kLock,       // holds the mutex across a yield
  kTryLock,    // observes whether it could, and if so, adds to x under the mutex
  kExchange,   // compare-exchanges an even x for its own value
  kTake,       // takes the mutex, unless the fiber holds it; some never give it back
  kGive,       // gives it back, if the fiber holds it
  kLast = kGive,
  kUnlock,  // gives it back, whoever holds it, and observes whether it may; not beside a guard
  kSleep,   // waits on the condition variable, if x is even, under the mutex, taken unless held
  kNotify   // notifies all that wait there, or one if x is the first variable
};

struct Op {
  OpKind kind{};
  std::uint8_t x = 0, y = 0;  // variables, 0 to 2
};

/// What each fiber does. Some programs deadlock; that is part of the exercise. With several
/// threads, fiber f belongs to thread f % threads.
using Program = std::vector<std::vector<Op>>;

std::string to_text(const Program& program);

/// The state a program runs on, and what its fibers have seen.
class ProgramState {
 public:
  /// With `tells`, a fiber that ends leaves what it has seen in the history. The first `alike`
  /// fibers can be exchanged.
  ProgramState(sim::World& world, const Program& program, std::uint32_t threads = 1,
               bool tells = false, std::uint32_t alike = 0);

  /// What everybody can see in the end. Outside of fibers.
  std::vector<int> shared_state();

  /// Everything an observer could tell executions apart by. Outside of fibers.
  std::vector<int> final_state();

 private:
  void tell(std::uint32_t fiber);
  void run(const Op& op, std::uint32_t fiber);

  sim::World& world_;
  sim::Disk disk_;
  sim::WaitQueue queue_;
  std::optional<sim::Mutex> mutex_;
  std::optional<sim::CondVar> condition_;
  std::vector<std::unique_ptr<sim::Shared<int>>> variables_;
  std::vector<std::vector<int>> seen_;
  std::vector<char> holds_;  // by fiber: does it hold the mutex, by kTake
};

}  // namespace simcheck::test
