#include "sim/testbed.hpp"

#include <new>
#include <string>
#include <utility>

#include "sim/code_failed.hpp"
#include "sim/thrown.hpp"

namespace simcheck::sim {

Testbed::Testbed(Build build) : build_(std::move(build)) {
  if (Arena::available()) arena_ = std::make_unique<Arena>();
  this->build();
  if (arena_) arena_->save();
}

Testbed::~Testbed() {
  if (world_ == nullptr) return;
  end_execution();
  const ArenaScope memory(arena_.get());
  delete world_;
}

void Testbed::reset() {
  end_execution();
  if (arena_) {
    arena_->restore();
  } else {
    delete world_;
    build();
  }
}

void Testbed::build() {
  const ArenaScope memory(arena_.get());
  world_ = new World;
  world_->use_arena(arena_.get());
  try {
    build_(*world_);
  } catch (const std::bad_alloc&) {  // nobody's mistake
    delete world_;
    world_ = nullptr;
    throw;
  } catch (...) {
    delete world_;
    world_ = nullptr;
    const ArenaScope heap(nullptr);  // the words must outlive the arena
    throw CodeFailed("building the scenario failed: " + thrown());
  }
}

void Testbed::end_execution() {
  if (world_->unfinished() != 0) world_->cancel();
}

}  // namespace simcheck::sim
