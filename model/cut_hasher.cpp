#include "model/cut_hasher.hpp"

#include <algorithm>
#include <bit>
#include <utility>

namespace simcheck::model {
namespace {

sim::Hash128 hash_of(const sim::DiskVersion& version, const sim::DiskRecord& record) {
  sim::Hash128 hash = sim::kHashSeed;
  mix(hash, version.begin);
  mix(hash, version.end);
  if (version.bytes == sim::DiskVersion::kFilled) {
    mix(hash, static_cast<std::uint64_t>(version.fill));
  } else {
    mix(hash, std::span(record.bytes + version.bytes, version.end - version.begin));
  }
  return hash;
}

// How many bytes, as a power of two, survive or not together, where that is so of each for itself.
int shift_of(const sim::CrashModel& model) {
  const bool by_sector = model.durability == sim::Durability::kSectorSubset;
  return by_sector ? std::countr_zero(model.sector_bytes) : 0;
}

}  // namespace

void CutHasher::add(const sim::CutDisk& disk) {
  const sim::DiskRecord record = disk.record();
  const bool in_order = disk.model().durability == sim::Durability::kPrefix;
  const int shift = shift_of(disk.model());
  earlier_.clear();
  sim::Hash128 all;
  for (const sim::DiskVersion& version : record.versions) {
    const std::uint64_t first = version.begin >> shift, last = (version.end - 1) >> shift;
    sim::Hash128 one = hash_of(version, record), below;
    mix(one, disk.is_durable(version) ? 1U : 0U);
    for (const Hashed& other : earlier_) {
      const bool order_shows = in_order || (other.first <= last && first <= other.last);
      if (order_shows) below += other.hash;
    }
    mix(one, below);
    // The parts of one write belong together.
    if (&version != record.versions.data() && (&version)[-1].effect == version.effect)
      mix(one, earlier_.back().hash);
    earlier_.push_back({one, first, last});
    all += one;
  }
  mix(hash_, all);
  mix(hash_, record.versions.size());
}

void CutHasher::add(std::span<const sim::Event> events, bool sees_submissions) {
  sim::Hash128 acknowledged;
  const auto note = [](const sim::Event& event) {
    sim::Hash128 one = sim::kHashSeed;
    mix(one, sim::index_of(event.request));
    mix(one, static_cast<std::uint64_t>(event.status));
    return one;
  };
  const auto is_acknowledged = [events](sim::RequestId request) {
    return std::ranges::any_of(events, [request](const sim::Event& event) {
      return event.kind == sim::EventKind::kAcknowledged && event.request == request;
    });
  };
  sim::Hash128 submitted;
  for (const sim::Event& event : events) {
    if (event.kind == sim::EventKind::kAcknowledged) acknowledged += note(event);
    if (event.kind != sim::EventKind::kSubmitted) continue;
    if (!sees_submissions && !is_acknowledged(event.request)) continue;
    sim::Hash128 one = note(event);
    mix(one, acknowledged);
    submitted += one;
  }
  mix(hash_, acknowledged);
  mix(hash_, submitted);
}

sim::Hash128 CutHasher::take() { return std::exchange(hash_, sim::kHashSeed); }

}  // namespace simcheck::model
