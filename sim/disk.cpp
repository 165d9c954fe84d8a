#include "sim/disk.hpp"

#include <algorithm>
#include <utility>

#include "sim/assert.hpp"

namespace simcheck::sim {

Disk::Disk(World& world, std::string name, std::uint64_t size_bytes)
    : world_(world),
      name_(std::move(name)),
      id_(world.add_known_object(name_)),
      size_(size_bytes),
      versions_(world.tapes()),
      bytes_(world.tapes()),
      effects_(world.tapes()),
      completed_(world.tapes()) {
  SIMCHECK_ASSERT(!world.has_begun(),
                  "disks are made before fibers run: a driver's constructor can, a request cannot");
}

// Inline for the sake of the switch: see Fiber.
inline IoStatus Disk::submit(DiskRequest request) {
  request.disk = this;
  world_.at(caller());
  if (world_.faults() != nullptr) [[unlikely]]
    request.fault = fault_of(request);
  world_.note_submission(id_, request.kind, request.offset, request.length);
  tell_states(request);
  narrate(IoMoment::kSubmitted, request);
  if (watched_) [[unlikely]]
    note_submission(request);
  world_.run_request(request);
  // While its fiber is cancelled, a destructor's request returns without having done anything.
  if (!request.took_effect) return request.status;
  complete(request);
  if (watched_) [[unlikely]]
    note_completion(request);
  narrate(IoMoment::kCompleted, request);
  return request.status;
}

IoStatus Disk::do_read(std::uint64_t offset, std::span<std::byte> into) {
  return submit({.kind = IoKind::kRead, .offset = offset, .length = into.size(), .into = into});
}

IoStatus Disk::do_write(std::uint64_t offset, const Payload& data, IoFlags flags) {
  return submit({.kind = IoKind::kWrite,
                 .offset = offset,
                 .length = data.length(),
                 .flags = flags,
                 .data = &data});
}

IoStatus Disk::do_write_zeroes(std::uint64_t offset, std::uint64_t length, IoFlags flags) {
  return submit({.kind = IoKind::kZeroes, .offset = offset, .length = length, .flags = flags});
}

IoStatus Disk::do_discard(std::uint64_t offset, std::uint64_t length) {
  return submit({.kind = IoKind::kDiscard, .offset = offset, .length = length});
}

IoStatus Disk::do_flush() {
  return submit({.kind = IoKind::kFlush,
                 .completions_at_submission = static_cast<std::uint32_t>(completed_.size())});
}

// Changes the content: where, and how much of it, is a matter of the fault.
inline void Disk::apply(DiskRequest& request) {
  std::uint64_t begin = request.offset, length = request.length;
  if (request.fault != FaultKind::kNone) [[unlikely]] {
    begin += misdirection(request.fault);
    length = untorn(request);
    if (length != request.length) request.status = IoStatus::kIoError;
  }
  request.effect = static_cast<std::uint32_t>(effects_.size());
  if (length > 0) {
    world_.touch(id_, world_.store_mode(), begin, begin + length);
    world_.note_effect({this, request.effect});
  }
  if (watched_) [[unlikely]]
    note_effect(request, begin, length);
  if (!world_.repeating()) append(request, begin, length);
}

void Disk::take_effect(DiskRequest& request) {
  request.took_effect = true;
  if (!in_bounds(request)) {
    request.status = request.kind == IoKind::kRead ? IoStatus::kIoError : IoStatus::kNoSpace;
  } else if (request.fault == FaultKind::kEio) {
    request.status = IoStatus::kIoError;
  } else if (request.kind == IoKind::kRead) {
    if (request.length > 0) {
      world_.touch(id_, AccessMode::kRead, request.offset, request.offset + request.length);
    }
    read_content(*this, request.offset, request.into);
  } else if (request.kind != IoKind::kFlush) {
    apply(request);
  }
  if (request.status != IoStatus::kOk) [[unlikely]]
    world_.emit({.kind = EventKind::kIoFailed,
                 .status = request.status,
                 .io = request.kind,
                 .device = world_.role_of(*this)});
  if (request.status == IoStatus::kOk && request.kind != IoKind::kRead && watched_ == nullptr)
    world_.note_plain_effect();
  tell_states(request);
  narrate(IoMoment::kTookEffect, request);
}

void Disk::append(const DiskRequest& request, std::uint64_t begin, std::uint64_t length) {
  effects_.push_back({.fua = request.flags.fua});
  if (request.kind == IoKind::kWrite) {
    add_versions(begin, request.data->chunks(), length, request.effect);
  } else {
    add_version(begin, {nullptr, length, std::byte{0}}, request.effect);
  }
  if (request.fault == FaultKind::kLatent) [[unlikely]]
    corrupt(begin, std::min(length, kDiskSectorBytes), request.effect);
}

void Disk::add_versions(std::uint64_t begin, std::span<const Chunk> chunks, std::uint64_t length,
                        std::uint32_t effect) {
  for (Chunk chunk : chunks) {
    chunk.length = std::min(chunk.length, length);
    add_version(begin, chunk, effect);
    begin += chunk.length;
    length -= chunk.length;
  }
}

void Disk::prepare(std::uint64_t offset, const Payload& data) {
  SIMCHECK_ASSERT(world_.steps() == 0 && watched_ == nullptr,
                  "a disk is prepared before the first transition and before it is watched");
  SIMCHECK_ASSERT(data.length() <= size_ && offset <= size_ - data.length(),
                  "what a disk is prepared with lies within it");
  const auto effect = static_cast<std::uint32_t>(effects_.size());
  effects_.push_back({.fua = true});
  completed_.push_back(effect);
  add_versions(offset, data.chunks(), data.length(), effect);
}

void Disk::complete(const DiskRequest& request) {
  if (request.status != IoStatus::kOk || request.kind == IoKind::kRead) return;
  if (request.kind == IoKind::kFlush) {
    if (request.fault == FaultKind::kLostFlush) return;
    durable_completions_ = std::max(durable_completions_, request.completions_at_submission);
  } else {
    // Though it is there already where this is run again: a flush may come in the same section.
    completed_.push_back(request.effect);
  }
}

bool Disk::in_bounds(const DiskRequest& request) const {
  return request.length <= size_ && request.offset <= size_ - request.length;
}

void Disk::add_version(std::uint64_t begin, const Chunk& chunk, std::uint32_t effect) {
  if (chunk.length == 0) return;
  std::size_t bytes = Version::kFilled;
  if (chunk.bytes != nullptr) {
    bytes = bytes_.size();
    bytes_.append({chunk.bytes, chunk.length});
  }
  if (!index_.empty()) index_.clear();
  versions_.push_back({begin, begin + chunk.length, bytes, chunk.fill, effect});
}

void Disk::make_last(std::uint32_t effect) {
  index_.clear();
  const std::span<Version> versions = versions_.items();
  std::stable_partition(versions.begin(), versions.end(),
                        [effect](const Version& v) { return v.effect != effect; });
}

void Disk::report(IoMoment moment, const DiskRequest& request) const {
  world_.narrate_io({.moment = moment,
                     .kind = request.kind,
                     .device = name_,
                     .offset = request.offset,
                     .length = request.length,
                     .status = request.status,
                     .fault = to_string(request.fault),
                     .what = request.flags.label});
}

}  // namespace simcheck::sim
