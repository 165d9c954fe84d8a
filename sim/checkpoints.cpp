#include "sim/checkpoints.hpp"

#include <cstring>

#include "sim/assert.hpp"

namespace simcheck::sim {

bool Checkpoints::save() {
  if (!world_.can_be_saved()) return false;
  if (pile_.size() == size_) pile_.emplace_back();
  Checkpoint& checkpoint = pile_[size_++];
  const std::span<std::byte> arena = arena_.content();
  checkpoint.steps = world_.steps();
  checkpoint.arena_used = arena.size();
  checkpoint.stacks.clear();
  std::size_t total = arena.size();
  for (std::uint32_t f = 0; f < world_.fiber_count(); ++f) {
    // All of them, also of fibers that did not run: others may have written to their locals.
    const std::span<std::byte> stack = world_.used_stack(FiberId{f});
    if (stack.empty()) continue;
    checkpoint.stacks.push_back({stack.data(), stack.size()});
    total += stack.size();
  }
  checkpoint.used = total;
  if (checkpoint.bytes.size() < total) checkpoint.bytes.resize(total + total / 2);
  std::byte* to = checkpoint.bytes.data();
  std::memcpy(to, arena.data(), arena.size());
  to += arena.size();
  for (const SavedStack& stack : checkpoint.stacks) {
    std::memcpy(to, stack.address, stack.size);
    to += stack.size;
  }
  return true;
}

std::uint32_t Checkpoints::restore(std::uint32_t steps) {
  std::size_t i = size_;
  while (i > 0 && pile_[i - 1].steps > steps) --i;
  SIMCHECK_ASSERT(i > 0, "a checkpoint is restored only if there is one");
  const Checkpoint& checkpoint = pile_[i - 1];
  const std::byte* from = checkpoint.bytes.data();
  arena_.resize(checkpoint.arena_used);
  std::memcpy(arena_.content().data(), from, checkpoint.arena_used);
  from += checkpoint.arena_used;
  for (const SavedStack& stack : checkpoint.stacks) {
    std::memcpy(stack.address, from, stack.size);
    from += stack.size;
  }
  return checkpoint.steps;
}

void Checkpoints::drop_behind(std::uint32_t steps) {
  while (size_ > 0 && pile_[size_ - 1].steps > steps) --size_;
}

std::size_t Checkpoints::bytes() const {
  std::size_t bytes = 0;
  for (const Checkpoint& checkpoint : pile_) bytes += checkpoint.bytes.capacity();
  return bytes;
}

}  // namespace simcheck::sim
