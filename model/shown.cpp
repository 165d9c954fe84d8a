#include "model/shown.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

namespace simcheck::model {
namespace {

// Longer executions, and larger writes, are judged: to note them takes as long.
constexpr std::size_t kPathMax = 2048;
constexpr std::size_t kEventsMax = 2048;  // so that all counts of them have room in 16 bits
constexpr std::size_t kWriteMax = 4096;
// Of what numbers stand for; and of what is remembered, which is forgotten then.
constexpr std::size_t kBytesMax = std::size_t{8} << 20;
// After so many executions, one in eight must have been known.
constexpr std::uint64_t kTried = 4096;

constexpr sim::DeviceRole kRoles[] = {sim::DeviceRole::kData, sim::DeviceRole::kLog};

constexpr std::uint64_t number(auto value) { return static_cast<std::uint64_t>(value); }

bool has(std::uint32_t kinds, const sim::Event& event) { return (kinds & bit_of(event.kind)) != 0; }

// The bytes' sectors, modulo 64: no common bit, no common byte.
std::uint64_t sectors_of(const sim::DiskVersion& version) {
  const std::uint64_t first = version.begin / 512, count = (version.end - 1) / 512 - first + 1;
  return count >= 64 ? ~std::uint64_t{0}
                     : std::rotl((std::uint64_t{1} << count) - 1, static_cast<int>(first % 64));
}

// Of at most eight bytes.
std::uint64_t word_of(std::span<const std::byte> bytes) {
  std::uint64_t word = 0;
  std::memcpy(&word, bytes.data(), bytes.size());
  return word;
}

}  // namespace

bool Shown::tells_all(const properties::PropertyList& properties, const sim::World& world) {
  if (std::ranges::any_of(properties, [](const auto& p) { return p->observes().record; }))
    return false;
  return orders_of(properties).size() <= kOrdersMax &&
         std::ranges::all_of(kRoles, [&](sim::DeviceRole role) {
           const sim::ContentView* device = world.device(role);
           return device == nullptr || dynamic_cast<const sim::Disk*>(device) != nullptr;
         });
}

std::vector<properties::Order> Shown::orders_of(const properties::PropertyList& properties) {
  std::vector<properties::Order> orders;
  for (const auto& property : properties) {
    const properties::Observes observes = property->observes();
    for (const properties::Order& order : observes.orders) {
      if (std::ranges::find(orders, order) == orders.end()) orders.push_back(order);
    }
  }
  return orders;
}

Shown::Shown(const properties::PropertyList& properties, const sim::World& world)
    : orders_(orders_of(properties)),
      requests_(world.request_count()),
      tallies_(1),
      shown_(world.fiber_count()) {
  numbers_.intern({});
  add_new_events(world, beginning_);
  for (std::size_t d = 0; d < kDevices; ++d) {
    if (const auto* disk = static_cast<const sim::Disk*>(world.device(kRoles[d])))
      add_new_versions(d, *disk, beginning_);
  }
}

void Shown::note(std::size_t depth, sim::FiberId fiber, const sim::World& world) {
  if (gave_up_ || depth >= kPathMax) return;
  if (depth >= path_.size()) path_.resize(depth + 1);
  Extent& extent = path_[depth] = depth == 0 ? beginning_ : path_[depth - 1];
  std::vector<std::uint32_t>& shown = shown_[sim::index_of(fiber)];
  const std::size_t n = world.transitions_of(fiber);
  if (shown.size() < n) shown.resize(n);
  const std::uint32_t before = n == 1 ? 0 : shown[n - 2];
  size_ = 0;
  add({before});
  add_new_events(world, extent);
  if (const sim::Disk* disk = world.last_effect().disk) {
    for (std::size_t d = 0; d < kDevices; ++d)
      if (world.device(kRoles[d]) == disk) add_new_versions(d, *disk, extent);
  }
  if (size_ == 1) {
    shown[n - 1] = before;
  } else if (!numbers_.is(shown[n - 1], words())) {
    shown[n - 1] = numbers_.intern(words());
    gave_up_ = numbers_.bytes() > kBytesMax;
  }
}

void Shown::add_new_events(const sim::World& world, Extent& extent) {
  const std::span<const sim::Event> events = world.events();
  while (extent.events < events.size()) {
    if (extent.events == kEventsMax) {
      extent.is_told = false;
      return;
    }
    add_event(events[extent.events], extent);
  }
}

void Shown::add_event(const sim::Event& event, Extent& extent) {
  if (extent.events + 1 >= tallies_.size()) tallies_.resize(extent.events + 2);
  Tally& tally = tallies_[extent.events + 1] = tallies_[extent.events];
  add({number(event.kind) | number(event.status) << 8 | number(event.io) << 16 |
           number(event.device) << 24 | number(event.request) << 32,
       event.sector, event.nr_sectors, event.flags, place_of(event, tally)});
  ++extent.events;
  // The text of an exception is kept elsewhere.
  if (event.kind == sim::EventKind::kException) extent.is_told = false;
}

// Among the others, and counts it among them.
std::uint64_t Shown::place_of(const sim::Event& event, Tally& tally) const {
  std::uint64_t place = tally.of_request[sim::index_of(event.request) % 16]++;
  for (std::size_t i = 0; i < orders_.size(); ++i) {
    const bool reads = has(orders_[i].reads, event), writes = has(orders_[i].writes, event);
    std::uint16_t before = 0;
    if (reads) before += tally.writes[i];
    if (writes) before += tally.reads[i];
    if (reads) ++tally.reads[i];
    if (writes) ++tally.writes[i];
    place = place << 16 | before;
  }
  return place;
}

void Shown::add_new_versions(std::size_t device, const sim::Disk& disk, Extent& extent) {
  while (extent.versions[device] < disk.versions().size()) add_version(device, disk, extent);
}

void Shown::add_version(std::size_t device, const sim::Disk& disk, Extent& extent) {
  const std::size_t i = extent.versions[device]++;
  const sim::DiskVersion& version = disk.versions()[i];
  const std::uint64_t sectors = sectors_of(version);
  std::uint64_t overlapped = 0;
  if ((extent.sectors[device] & sectors) != 0) {
    for (const sim::DiskVersion& other : disk.versions().first(i))
      overlapped += other.begin < version.end && version.begin < other.end ? 1 : 0;
  }
  extent.sectors[device] |= sectors;
  const bool is_filled = version.bytes == sim::DiskVersion::kFilled;
  add({number(device) | number(is_filled) << 8 | number(version.fill) << 16 | overlapped << 32,
       version.begin, version.end});
  if (!is_filled)
    add_bytes({disk.version_bytes() + version.bytes, version.end - version.begin}, extent);
}

void Shown::add_bytes(std::span<const std::byte> bytes, Extent& extent) {
  if (bytes.size() > kWriteMax) {
    extent.is_told = false;
    return;
  }
  for (; bytes.size() >= 8; bytes = bytes.subspan(8)) add({word_of(bytes.first(8))});
  if (!bytes.empty()) add({word_of(bytes)});
}

bool Shown::is_known(const sim::World& world, std::span<const sim::TransitionName> made_last) {
  can_remember_ = !gave_up_ && world.steps() > 0 && world.steps() <= kPathMax &&
                  path_[world.steps() - 1].is_told && world.request_count() == requests_;
  if (!can_remember_) return false;
  size_ = 0;
  for (std::uint32_t f = 0; f < shown_.size(); ++f) {
    const std::uint32_t n = world.transitions_of(sim::FiberId{f});
    add({n == 0 ? 0 : shown_[f][n - 1]});
  }
  for (const sim::TransitionName& store : made_last)
    add({number(store.fiber) << 32 | store.number});
  const bool is_known = remembered_.contains(words());
  if (is_known) ++known_;
  if (++asked_ % kTried == 0) gave_up_ = known_ * 8 < asked_;
  return is_known;
}

void Shown::remember() {
  if (!can_remember_) return;
  if (remembered_.bytes() > kBytesMax) remembered_ = WordTable();
  remembered_.intern(words());
}

}  // namespace simcheck::model
