// What a disk notes while it is watched: its record (event_disk.hpp), and its moments, which enter
// the footprints if somebody observes them.
#include "sim/disk.hpp"

namespace simcheck::sim {

void Disk::watch(DiskRole role, std::uint64_t head_bytes) {
  if (watched_ != nullptr) return;
  SIMCHECK_ASSERT(world_.steps() == 0, "a disk is watched from the first transition on");
  watched_ = std::make_unique<Watched>(Watched{.role = role, .head_bytes = head_bytes});
}

DiskRecord Disk::record() const {
  if (watched_ == nullptr) return {};
  return {.kept = true,
          .writes = watched_->writes,
          .flushes = watched_->flushes,
          .versions = versions_,
          .bytes = bytes_.data()};
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

void Disk::note_effect(const DiskRequest& request) {
  auto& writes = watched_->writes;
  if (writes.capacity() == 0) writes.reserve(32);
  writes.push_back({.kind = request.kind,
                    .status = request.status,
                    .fua = request.flags.fua,
                    .fiber = world_.current(),
                    .request = world_.current_request(),
                    .offset = request.offset,
                    .length = request.length,
                    .submitted = request.submitted,
                    .took_effect = world_.steps()});
  if (request.length == 0) return;
  const std::uint64_t head = watched_->head_bytes;
  if (request.offset < head) notice(DiskMoment::kHeadEffect);
  if (request.offset + request.length > head) notice(DiskMoment::kBodyEffect);
}

void Disk::note_completion(const DiskRequest& request) {
  if (request.kind == IoKind::kFlush) {
    DiskFlush& flush = watched_->flushes[request.effect];
    flush.status = request.status;
    flush.completed = world_.steps();
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
  const std::uint64_t head = watched_->head_bytes;
  if (write.offset < head) notice(DiskMoment::kHeadCompleted);
  if (write.offset + write.length > head) notice(DiskMoment::kBodyCompleted);
  if (write.fua) notice(DiskMoment::kFuaCompleted);
}

}  // namespace simcheck::sim
