// Drivers with one mistake each, which are serialized but for that, and which one property finds.
#pragma once

#include "drivers/generations.hpp"
#include "drivers/log_writes.hpp"
#include "model/block_scenario.hpp"

namespace simcheck::test {

enum class Mistake : std::uint8_t {
  kOwnCount,       // an update counts up to its own entry, not all there are
  kSuperFirst,     // the superblock is written before the entry
  kLeavesItToAny,  // who finds an update in progress leaves it to that, even of an earlier entry
  kNoFlush,        // the log is not flushed behind a superblock
};

// serialized with that mistake.
model::MakeDevice with_mistake(Mistake mistake, const drivers::LogWritesOptions& options = {});

// serialized, and a flush waits until no other request is in flight, and keeps others waiting. With
// the mistake, the data device is flushed before that wait.
model::MakeDevice draining(bool mistake);

// Above a driver: in place of FUA a flush follows the write. With the mistake it precedes it.
model::MakeFilter flushing_fua(bool mistake);

}  // namespace simcheck::test
