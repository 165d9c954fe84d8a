#include "model/crash_check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

#include "model/archive_types.hpp"
#include "model/block_scenario.hpp"
#include "sim/hash128.hpp"

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

// Can an image tell which of the two took effect first?
bool order_shows(const sim::DiskVersion& a, const sim::DiskVersion& b, sim::CrashModel model) {
  if (model.durability == sim::Durability::kPrefix) return true;
  const bool by_sector = model.durability == sim::Durability::kSectorSubset;
  const std::uint64_t size = by_sector ? model.sector_bytes : 1;
  return a.begin / size <= (b.end - 1) / size && b.begin / size <= (a.end - 1) / size;
}

// All that is or could be on the disk; of the order of effects, what an image can show.
void mix_in(sim::Hash128& hash, const sim::CutDisk& disk) {
  const auto versions = disk.record().versions;
  std::vector<sim::Hash128> hashes;
  sim::Hash128 all;
  for (std::size_t i = 0; i < versions.size(); ++i) {
    sim::Hash128 one = hash_of(versions[i], disk.record()), earlier;
    mix(one, disk.is_durable(versions[i]) ? 1U : 0U);
    for (std::size_t j = 0; j < i; ++j) {
      if (order_shows(versions[j], versions[i], disk.model())) earlier += hashes[j];
    }
    mix(one, earlier);
    // The parts of one write belong together.
    if (i > 0 && versions[i - 1].effect == versions[i].effect) mix(one, hashes[i - 1]);
    hashes.push_back(one);
    all += one;
  }
  mix(hash, all);
  mix(hash, versions.size());
}

// What was acknowledged, and what of it before which submission. Other submissions count only if
// somebody looks at them.
void mix_in(sim::Hash128& hash, std::span<const sim::Event> events, bool sees_submissions) {
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
  mix(hash, acknowledged);
  mix(hash, submitted);
}

// Which writes of a disk did not survive as a whole, in words.
std::string losses(const sim::CutDisk& disk, const sim::CrashImage& image, std::string_view device,
                   const sim::History& history) {
  std::string text;
  for (const std::uint32_t effect : image.lost()) {
    const sim::DiskWrite& write = disk.record().writes[effect];
    text += fmt::format("{}the {} of {} bytes at {} byte {}", text.empty() ? "" : ", ",
                        to_string(write.kind), write.length, device, write.offset);
    const std::size_t request = sim::index_of(write.request);
    if (request >= history.requests.size()) continue;
    text += " by " + lane_name(history.requests[request].lane);
  }
  return text;
}

}  // namespace

std::uint32_t cut_moments(const properties::PropertyList& properties) {
  std::uint32_t moments = 0;
  for (const auto& property : properties) moments |= property->observes().cut;
  return moments;
}

CrashCheck::CrashCheck(const properties::PropertyList& properties, sim::CrashModel model)
    : properties_(properties),
      model_(model),
      sees_data_((cut_moments(properties) & sim::all_moments(sim::DiskRole::kData)) != 0),
      sees_submissions_((cut_moments(properties) & bit_of(sim::EventKind::kSubmitted)) != 0),
      seen_(kStatesMax) {}

void CrashCheck::start_over() {
  seen_ = HashSet(kStatesMax);
  counts_ = {};
}

void CrashCheck::save_or_load(Archive& archive) { archive(seen_, counts_); }

void CrashCheck::judge(const sim::History& history, std::vector<BrokenProperty>& broken,
                       std::vector<bool>& exercised) {
  const sim::CutDisk data(*history.data, model_), log(*history.log, model_);
  sim::Hash128 state = sim::kHashSeed;
  if (sees_data_) mix_in(state, data);
  mix_in(state, log);
  mix_in(state, history.events, sees_submissions_);
  if (seen_.insert(state) == HashSet::Insertion::kKnown) return;
  ++counts_.states;
  counts_.add_images(sees_data_ ? data.images() : 1, log.images());
  for (std::size_t p = 0; p < properties_.size(); ++p) {
    if (properties_[p]->observes().cut != 0) judge(p, data, log, history, broken, exercised);
  }
}

void CrashCheck::judge(std::size_t property, const sim::CutDisk& data, const sim::CutDisk& log,
                       sim::History history, std::vector<BrokenProperty>& broken,
                       std::vector<bool>& exercised) {
  sim::Choices choices;
  do {
    const sim::CrashImage data_image(data, choices), log_image(log, choices);
    history.data = sees_data_ ? &data_image : nullptr;
    history.log = &log_image;
    ++counts_.recoveries;
    properties::Judgement judgement = properties_[property]->judge_crash(history);
    if (judgement.exercised) exercised[property] = true;
    if (!judgement.violation) continue;
    const std::string lost = losses(log, log_image, "log", history);
    if (!lost.empty()) judgement.violation->reason += "; of this was lost: " + lost;
    broken.push_back({property, std::move(*judgement.violation)});
    return;
  } while (choices.next());
}

}  // namespace simcheck::model
