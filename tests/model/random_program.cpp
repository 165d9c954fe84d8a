#include "tests/model/random_program.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace simcheck::test {

std::string to_text(const Program& program) {
  static constexpr const char* kNames[] = {
      "yield", "read",    "write",    "add",  "branch", "dwrite", "dread", "wait",  "wake",
      "lock",  "trylock", "exchange", "take", "give",   "unlock", "sleep", "notify"};
  std::string text;
  for (const auto& fiber : program) {
    for (const Op& op : fiber) {
      text += fmt::format("{} {} {}, ", kNames[static_cast<int>(op.kind)], op.x, op.y);
    }
    text += "| ";
  }
  return text;
}

ProgramState::ProgramState(sim::World& world, const Program& program, std::uint32_t threads,
                           bool tells, std::uint32_t alike)
    : world_(world),
      disk_(world, "disk"),
      queue_(world, "queue"),
      seen_(program.size()),
      holds_(program.size()) {
  for (int v = 0; v < 3; ++v) {
    variables_.push_back(std::make_unique<sim::Shared<int>>(world, fmt::format("x{}", v)));
  }
  for (const auto& fiber : program) {
    for (const Op& op : fiber) {
      const bool locks = op.kind == OpKind::kLock || op.kind == OpKind::kTryLock ||
                         op.kind == OpKind::kTake || op.kind == OpKind::kGive ||
                         op.kind == OpKind::kUnlock || op.kind == OpKind::kSleep;
      if (locks && !mutex_) mutex_.emplace(world, "mutex");
      const bool notifies = op.kind == OpKind::kSleep || op.kind == OpKind::kNotify;
      if (notifies && !condition_) condition_.emplace(world, "condition");
    }
  }
  for (std::uint32_t f = 0; f < program.size(); ++f) {
    const auto body = [this, &program, f, tells] {
      for (const Op& op : program[f]) run(op, f);
      if (tells) tell(f);
    };
    world.spawn(fmt::format("f{}", f), body,
                {.thread = sim::ThreadId{f % threads}, .symmetry_class = f < alike ? 1U : 0U});
  }
}

std::vector<int> ProgramState::shared_state() {
  std::vector<int> state = final_state();
  const auto seen = std::ranges::find(state, -1);
  state.erase(seen, state.end() - 1);
  return state;
}

std::vector<int> ProgramState::final_state() {
  std::vector<int> state;
  for (auto& variable : variables_) state.push_back(variable->peek());
  for (std::uint64_t block = 0; block < 3; ++block) {
    state.push_back(std::to_integer<int>(disk_.run_at(block * 512, 1).fill));
  }
  for (const auto& fiber : seen_) {
    state.push_back(-1);
    state.insert(state.end(), fiber.begin(), fiber.end());
  }
  state.push_back(static_cast<int>(world_.unfinished()));
  return state;
}

void ProgramState::tell(std::uint32_t fiber) {
  for (const int seen : seen_[fiber]) {
    world_.emit({.kind = sim::EventKind::kDataPlaced, .sector = static_cast<unsigned>(seen)});
  }
}

void ProgramState::run(const Op& op, std::uint32_t fiber) {
  auto& x = *variables_[op.x];
  auto& y = *variables_[op.y];
  const int own = 11 + 2 * static_cast<int>(fiber);  // odd for all: no fiber is special
  switch (op.kind) {
    case OpKind::kYield:
      return world_.yield();
    case OpKind::kRead:
      return seen_[fiber].push_back(x.load());
    case OpKind::kWrite:
      return x.store(own);
    case OpKind::kAdd:
      return static_cast<void>(++x);
    case OpKind::kBranch:
      if (x.load() % 2 != 0) y.store(own);
      return;
    case OpKind::kDiskWrite:
      disk_.write(op.x * 512U, sim::Payload::filled(static_cast<std::byte>(own), 512));
      return;
    case OpKind::kDiskRead: {
      std::byte first{};
      disk_.read(op.x * 512U, {&first, 1});
      return seen_[fiber].push_back(std::to_integer<int>(first));
    }
    case OpKind::kWait:
      if (x.load() % 2 == 0) queue_.wait();
      return;
    case OpKind::kWake:
      queue_.wake_one();
      return;
    case OpKind::kLock:
      mutex_->lock();
      world_.yield();
      mutex_->unlock();
      return;
    case OpKind::kTryLock: {
      const bool locked = mutex_->try_lock();
      seen_[fiber].push_back(locked ? 1 : 0);
      if (!locked) return;
      ++x;
      return mutex_->unlock();
    }
    case OpKind::kTake:
      if (std::exchange(holds_[fiber], 1) == 0) mutex_->lock();
      return;
    case OpKind::kGive:
      if (std::exchange(holds_[fiber], 0) == 1) mutex_->unlock();
      return;
    case OpKind::kUnlock:
      holds_[fiber] = 0;
      try {
        mutex_->unlock();
        seen_[fiber].push_back(1);
      } catch (const std::logic_error&) {
        seen_[fiber].push_back(0);
      }
      return;
    case OpKind::kSleep:
      if (holds_[fiber] == 0) mutex_->lock();
      if (x.load() % 2 == 0) condition_->wait(*mutex_);
      if (holds_[fiber] == 0) mutex_->unlock();
      return;
    case OpKind::kNotify:
      return op.x == 0 ? condition_->notify_one() : condition_->notify_all();
    case OpKind::kExchange: {
      const int before = x.load();
      if (before % 2 == 0) seen_[fiber].push_back(x.compare_exchange(before, own) ? 1 : 0);
      return;
    }
  }
}

}  // namespace simcheck::test
