// What stateful search must know of disks: what is in flight, what a request told its fiber, and
// the content.
#include "sim/disk.hpp"

namespace simcheck::sim {
namespace {

void add(Hash128& hash, const Chunk& chunk) {
  mix(hash, chunk.length);
  if (chunk.bytes == nullptr) {
    mix(hash, std::to_integer<std::uint64_t>(chunk.fill));
  } else {
    mix(hash, {chunk.bytes, chunk.length});
  }
}

Hash128 hash_of(const DiskRequest& request) {
  Hash128 hash = kHashSeed;
  mix(hash, static_cast<std::uint64_t>(request.kind) << 8 | (request.flags.fua ? 1 : 0));
  mix(hash, request.offset);
  mix(hash, request.length);
  if (request.data == nullptr) return hash;
  for (const Chunk& chunk : request.data->chunks()) add(hash, chunk);
  return hash;
}

}  // namespace

// At its submission and at its effect; what is in flight is thus part of what its fiber knows.
void Disk::tell(StateHasher& states, const DiskRequest& request) const {
  if (!request.took_effect) return states.observe(id_, hash_of(request));
  Hash128 answer = hash_of_word(static_cast<std::uint64_t>(request.status));
  const bool ok = request.status == IoStatus::kOk;
  if (ok && request.kind == IoKind::kRead) mix(answer, request.into);
  states.observe(id_, answer);
  // What failed may have changed something, too (a torn write).
  if (request.kind != IoKind::kRead && request.kind != IoKind::kFlush)
    states.set(id_, hash_of_content(*this, end_of_content()));
}

}  // namespace simcheck::sim
