#include "sim/disk.hpp"

#include <algorithm>
#include <utility>

namespace simcheck::sim {

namespace {

// An execution fills these from nothing each time: grow in one step to what most of them need.
template <class T>
void make_room(std::vector<T>& list, std::size_t usual) {
  if (list.capacity() == 0) list.reserve(usual);
}

}  // namespace

Disk::Disk(World& world, std::string name, std::uint64_t size_bytes)
    : world_(world),
      name_(std::move(name)),
      id_(world.add_known_object(name_)),
      size_(size_bytes) {}

// Inline for the sake of the switch: see Fiber.
inline IoStatus Disk::submit(DiskRequest request) {
  request.disk = this;
  tell_states(request);
  narrate(IoMoment::kSubmitted, request);
  world_.run_request(request);
  // While its fiber is cancelled, a destructor's request returns without having done anything.
  if (!request.took_effect) return request.status;
  complete(request);
  narrate(IoMoment::kCompleted, request);
  return request.status;
}

IoStatus Disk::read(std::uint64_t offset, std::span<std::byte> into) {
  return submit({.kind = IoKind::kRead, .offset = offset, .length = into.size(), .into = into});
}

IoStatus Disk::write(std::uint64_t offset, const Payload& data, IoFlags flags) {
  return submit({.kind = IoKind::kWrite,
                 .offset = offset,
                 .length = data.length(),
                 .flags = flags,
                 .data = &data});
}

IoStatus Disk::write_zeroes(std::uint64_t offset, std::uint64_t length, IoFlags flags) {
  return submit({.kind = IoKind::kZeroes, .offset = offset, .length = length, .flags = flags});
}

IoStatus Disk::discard(std::uint64_t offset, std::uint64_t length) {
  return submit({.kind = IoKind::kDiscard, .offset = offset, .length = length});
}

IoStatus Disk::flush() {
  return submit({.kind = IoKind::kFlush, .completions_at_submission = completions_});
}

void Disk::take_effect(DiskRequest& request) {
  request.took_effect = true;
  if (!in_bounds(request)) {
    request.status = request.kind == IoKind::kRead ? IoStatus::kIoError : IoStatus::kNoSpace;
  } else if (request.kind == IoKind::kRead) {
    if (request.length > 0) {
      world_.touch(id_, AccessMode::kRead, request.offset, request.offset + request.length);
    }
    read_content(*this, request.offset, request.into);
  } else if (request.kind != IoKind::kFlush) {
    request.effect = static_cast<std::uint32_t>(effects_.size());
    make_room(effects_, 32);
    effects_.push_back({.fua = request.flags.fua});
    if (request.length > 0) {
      world_.touch(id_, world_.store_mode(), request.offset, request.offset + request.length);
      world_.note_effect({this, request.effect});
    }
    std::uint64_t begin = request.offset;
    const Chunk zeroes{nullptr, request.length, std::byte{0}};
    const auto chunks =
        request.kind == IoKind::kWrite ? request.data->chunks() : std::span(&zeroes, 1);
    for (const Chunk& chunk : chunks) {
      add_version(begin, chunk, request.effect);
      begin += chunk.length;
    }
  }
  tell_states(request);
  narrate(IoMoment::kTookEffect, request);
}

void Disk::complete(const DiskRequest& request) {
  if (request.status != IoStatus::kOk || request.kind == IoKind::kRead) return;
  if (request.kind == IoKind::kFlush) {
    durable_completions_ = std::max(durable_completions_, request.completions_at_submission);
  } else {
    effects_[request.effect].completion = ++completions_;
  }
}

bool Disk::in_bounds(const DiskRequest& request) const {
  return request.length <= size_ && request.offset <= size_ - request.length;
}

void Disk::add_version(std::uint64_t begin, const Chunk& chunk, std::uint32_t effect) {
  if (chunk.length == 0) return;
  std::size_t bytes = kFilled;
  if (chunk.bytes != nullptr) {
    bytes = bytes_.size();
    make_room(bytes_, 512);
    bytes_.insert(bytes_.end(), chunk.bytes, chunk.bytes + chunk.length);
  }
  make_room(versions_, 32);
  versions_.push_back({begin, begin + chunk.length, bytes, chunk.fill, effect});
}

void Disk::make_last(std::uint32_t effect) {
  std::stable_partition(versions_.begin(), versions_.end(),
                        [effect](const Version& v) { return v.effect != effect; });
}

Chunk Disk::run_at(std::uint64_t offset, std::uint64_t length_max) const {
  std::uint64_t end = offset + length_max;
  for (auto version = versions_.rbegin(); version != versions_.rend(); ++version) {
    if (offset < version->begin) {
      end = std::min(end, version->begin);
    } else if (offset < version->end) {
      const std::uint64_t length = std::min(end, version->end) - offset;
      if (version->bytes == kFilled) return {nullptr, length, version->fill};
      return {bytes_.data() + version->bytes + (offset - version->begin), length, std::byte{0}};
    }
  }
  return {nullptr, end - offset, std::byte{0}};
}

std::uint64_t Disk::end_of_content() const {
  std::uint64_t end = 0;
  for (const Version& version : versions_) end = std::max(end, version.end);
  return end;
}

bool Disk::is_durable(std::uint64_t offset, std::uint64_t length) const {
  return std::ranges::all_of(versions_, [&](const Version& version) {
    const bool elsewhere = version.end <= offset || offset + length <= version.begin;
    return elsewhere || is_durable(effects_[version.effect]);
  });
}

bool Disk::is_durable(const Effect& effect) const {
  return effect.completion != 0 && (effect.fua || effect.completion <= durable_completions_);
}

void Disk::narrate(IoMoment moment, const DiskRequest& request) {
  if (!world_.narrating()) return;
  world_.narrate_io({.moment = moment,
                     .kind = request.kind,
                     .device = name_,
                     .offset = request.offset,
                     .length = request.length,
                     .status = request.status,
                     .what = request.flags.label});
}

}  // namespace simcheck::sim
