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

// Whose events these are. Behind a filter, requests are numbered as they arrive, which depends on
// the order of what nobody looks at; each fiber issues its own one after the other.
sim::Hash128 hash_of(const sim::RequestInfo& request) {
  sim::Hash128 hash = sim::kHashSeed;
  for (const std::uint64_t word :
       {std::uint64_t{request.lane}, static_cast<std::uint64_t>(request.kind), request.offset,
        request.length, static_cast<std::uint64_t>(request.fill), request.checksum,
        std::uint64_t{request.stage}, std::uint64_t{request.mixed}, std::uint64_t{request.fua}}) {
    mix(hash, word);
  }
  return hash;
}

sim::Hash128 hash_of(const sim::Event& event, const sim::History& history) {
  const std::size_t request = sim::index_of(event.request);
  const bool is_numbered_late = !history.guest_requests.empty();
  sim::Hash128 hash = sim::kHashSeed;
  if (is_numbered_late && request < history.requests.size()) {
    hash = hash_of(history.requests[request]);
  } else {
    mix(hash, request);  // as the seed, it would cancel out against the kind, which is next
  }
  for (const std::uint64_t word :
       {static_cast<std::uint64_t>(event.kind), static_cast<std::uint64_t>(event.status),
        static_cast<std::uint64_t>(event.io), static_cast<std::uint64_t>(event.device),
        event.sector, event.nr_sectors, event.flags}) {
    mix(hash, word);
  }
  return hash;
}

bool is_acknowledged(const sim::History& history, sim::RequestId request) {
  return std::ranges::any_of(history.events, [request](const sim::Event& event) {
    return event.kind == sim::EventKind::kAcknowledged && event.request == request;
  });
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

void CutHasher::add(const sim::History& history, const SeenEvents& seen) {
  sim::Hash128 all;
  std::uint32_t kinds = seen.kinds;
  for (const properties::Order& order : seen.orders) kinds |= order.reads | order.writes;
  written_.assign(seen.orders.size(), {});
  for (const sim::Event& event : history.events) {
    const std::uint32_t kind = bit_of(event.kind);
    if ((kinds & kind) == 0) continue;
    const bool is_submission = event.kind == sim::EventKind::kSubmitted;
    if (is_submission && (seen.kinds & kind) == 0 && !is_acknowledged(history, event.request))
      continue;
    const sim::Hash128 what = hash_of(event, history);
    sim::Hash128 one = what;
    for (std::size_t i = 0; i < seen.orders.size(); ++i) {
      if ((seen.orders[i].reads & kind) != 0) mix(one, written_[i]);
      if ((seen.orders[i].writes & kind) != 0) written_[i] += what;
    }
    all += one;
  }
  mix(hash_, all);
}

sim::Hash128 CutHasher::take() { return std::exchange(hash_, sim::kHashSeed); }

}  // namespace simcheck::model
