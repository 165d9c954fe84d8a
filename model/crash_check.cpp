#include "model/crash_check.hpp"

#include <fmt/format.h>

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

// All that is or could be on the disk.
void mix_in(sim::Hash128& hash, const sim::CutDisk& disk) {
  const sim::DiskRecord& record = disk.record();
  for (const sim::DiskVersion& version : record.versions) {
    mix(hash, hash_of(version, record));
    mix(hash, disk.is_durable(version) ? 1U : 0U);
    mix(hash, version.effect);
  }
  mix(hash, record.versions.size());
}

// What was acknowledged, and what before which submission; not in which order beyond that.
void mix_in(sim::Hash128& hash, std::span<const sim::Event> events) {
  sim::Hash128 acknowledged;
  const auto note = [](const sim::Event& event) {
    sim::Hash128 one = sim::kHashSeed;
    mix(one, sim::index_of(event.request));
    mix(one, static_cast<std::uint64_t>(event.status));
    return one;
  };
  sim::Hash128 submitted;
  for (const sim::Event& event : events) {
    if (event.kind == sim::EventKind::kAcknowledged) acknowledged += note(event);
    if (event.kind != sim::EventKind::kSubmitted) continue;
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
  mix_in(state, history.events);
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
