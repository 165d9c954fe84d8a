// What a disk notes while it is watched: its record (event_disk.hpp), and its moments, which enter
// the footprints if somebody observes them.
#include <stdexcept>

#include "sim/disk.hpp"

namespace simcheck::sim {
namespace {

struct Parts {
  bool head = false, body = false;
};

// Of a disk, which a write concerns. One of nothing lies somewhere, too, and is in the record.
Parts parts_of(std::uint64_t begin, std::uint64_t length, std::uint64_t head_bytes) {
  const bool in_head = begin < head_bytes;
  return {in_head, !in_head || begin + length > head_bytes};
}

}  // namespace

void Disk::watch(DeviceRole role, std::uint64_t head_bytes) {
  if (watched_ != nullptr) return;
  SIMCHECK_ASSERT(world_.steps() == 0, "a disk is watched from the first transition on");
  watched_ = std::make_unique<Watched>(Watched{.role = role, .head_bytes = head_bytes});
  // What was prepared is there, and durable, before anything happens.
  const DiskWrite prepared{
      .kind = IoKind::kWrite, .fua = true, .submitted = 0, .took_effect = 0, .completed = 0};
  watched_->writes.assign(effects_.size(), prepared);
  for (const Version& version : versions_.items()) {
    DiskWrite& write = watched_->writes[version.effect];
    const std::uint64_t begin = write.length == 0 ? version.begin : write.offset;
    write.offset = begin;
    write.length = version.end - begin;
  }
}

DiskRecord Disk::record() const {
  if (watched_ == nullptr) {
    throw std::logic_error("the disk " + name_ +
                           " keeps no record; a property that calls record() must say so: "
                           ".record = true in observes()");
  }
  return {.kept = true,
          .writes = watched_->writes,
          .flushes = watched_->flushes,
          .versions = versions_.items(),
          .bytes = bytes_.items().data(),
          .settled = settled_.get()};
}

void Disk::notice(DiskMoment moment) { world_.notice(bit_of(watched_->role, moment)); }

void Disk::note_submission(DiskRequest& request) {
  request.submitted = world_.steps();
  if (request.kind != IoKind::kFlush) return;
  auto& flushes = watched_->flushes;
  if (flushes.capacity() == 0) flushes.reserve(16);
  request.effect = static_cast<std::uint32_t>(flushes.size());
  flushes.push_back({.fiber = world_.current(),
                     .request = world_.current_request(),
                     .submitted = request.submitted});
  notice(DiskMoment::kFlushSubmitted);
}

// A fault decides where, and how much of it, took effect.
void Disk::note_effect(const DiskRequest& request, std::uint64_t begin, std::uint64_t length) {
  auto& writes = watched_->writes;
  if (writes.capacity() == 0) writes.reserve(32);
  writes.push_back({.kind = request.kind,
                    .status = request.status,
                    .fua = request.flags.fua,
                    .fiber = world_.current(),
                    .request = world_.current_request(),
                    .offset = begin,
                    .length = length,
                    .submitted = request.submitted,
                    .took_effect = world_.steps()});
  const Parts parts = parts_of(begin, length, watched_->head_bytes);
  if (parts.head) notice(DiskMoment::kHeadEffect);
  if (parts.body) notice(DiskMoment::kBodyEffect);
}

void Disk::note_completion(const DiskRequest& request) {
  if (request.kind == IoKind::kFlush) {
    DiskFlush& flush = watched_->flushes[request.effect];
    flush.status = request.status;
    // One that was lost tells its fiber that it completed, and never does.
    if (request.fault != FaultKind::kLostFlush) flush.completed = world_.steps();
    return notice(DiskMoment::kFlushCompleted);
  }
  // Reads, and requests that failed without an effect, leave no trace.
  const bool is_recorded = request.effect < watched_->writes.size() &&
                           watched_->writes[request.effect].fiber == world_.current() &&
                           watched_->writes[request.effect].completed == kNever;
  if (request.kind == IoKind::kRead || !is_recorded) return;
  DiskWrite& write = watched_->writes[request.effect];
  write.status = request.status;
  write.completed = world_.steps();
  const Parts parts = parts_of(write.offset, write.length, watched_->head_bytes);
  if (parts.head) notice(DiskMoment::kHeadCompleted);
  if (parts.body) notice(DiskMoment::kBodyCompleted);
  if (write.fua) notice(DiskMoment::kFuaCompleted);
}

}  // namespace simcheck::sim
