#include "model/crash_check.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "model/archive_types.hpp"
#include "model/recovered_disks.hpp"
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

}  // namespace

std::uint32_t cut_moments(const properties::PropertyList& properties, const PowerCut& power_cut) {
  std::uint32_t moments = 0;
  for (const auto& property : properties) moments |= property->observes().cut;
  if (moments != 0 && power_cut.recovery.reads_data)
    moments |= sim::all_moments(sim::DeviceRole::kData);
  return moments;
}

CrashCheck::CrashCheck(const properties::PropertyList& properties, PowerCut power_cut)
    : properties_(properties), power_cut_(std::move(power_cut)), seen_(kStatesMax) {
  const std::uint32_t moments = cut_moments(properties, power_cut_);
  sees_data_ = (moments & sim::all_moments(sim::DeviceRole::kData)) != 0;
  sees_submissions_ = (moments & bit_of(sim::EventKind::kSubmitted)) != 0;
}

void CrashCheck::start_over() {
  seen_ = HashSet(kStatesMax);
  counts_ = {};
}

void CrashCheck::save_or_load(Archive& archive) { archive(seen_, counts_); }

void CrashCheck::judge(const sim::History& history, std::vector<BrokenProperty>& broken,
                       std::vector<bool>& exercised) {
  const CutDisks disks{{*history.data, power_cut_.model}, {*history.log, power_cut_.model}};
  sim::Hash128 state = sim::kHashSeed;
  if (sees_data_) mix_in(state, disks.data);
  mix_in(state, disks.log);
  mix_in(state, history.events, sees_submissions_);
  if (seen_.insert(state) == HashSet::Insertion::kKnown) return;
  ++counts_.states;
  counts_.add_images(sees_data_ ? disks.data.images() : 1, disks.log.images());
  for (std::size_t p = 0; p < properties_.size(); ++p) {
    if (properties_[p]->observes().cut == 0) continue;
    auto violation = judge(p, disks, history, exercised);
    if (violation) broken.push_back({p, std::move(*violation)});
  }
}

std::optional<properties::Violation> CrashCheck::judge(std::size_t property, const CutDisks& disks,
                                                       sim::History history,
                                                       std::vector<bool>& exercised) {
  const auto judge_one =
      power_cut_.recovery.run ? &CrashCheck::judge_recovered : &CrashCheck::judge_image;
  sim::Choices choices;
  do {
    auto judgement = (this->*judge_one)(*properties_[property], disks, history, choices);
    if (judgement.exercised) exercised[property] = true;
    if (judgement.violation) return std::move(judgement.violation);
  } while (choices.next());
  return std::nullopt;
}

properties::Judgement CrashCheck::judge_image(const properties::Property& property,
                                              const CutDisks& disks, sim::History& history,
                                              sim::Choices& choices) {
  const sim::CrashImage data(disks.data, choices), log(disks.log, choices);
  history.data = sees_data_ ? &data : nullptr;
  history.log = &log;
  ++counts_.recoveries;
  properties::Judgement judgement = property.judge_crash(history);
  if (!judgement.violation) return judgement;
  if (show_broken_) show_broken_(log);
  std::string lost = losses(disks.log, log, "log", history);
  if (!lost.empty()) judgement.violation->reason += "; of this was lost: " + lost;
  return judgement;
}

properties::Judgement CrashCheck::judge_recovered(const properties::Property& property,
                                                  const CutDisks& disks, sim::History& history,
                                                  sim::Choices& choices) {
  const RecoveredDisks recovered(disks.data, disks.log, power_cut_, choices, history);
  counts_.recoveries += recovered.runs();
  counts_.recoveries_cut += recovered.runs() - 1;
  history.data = sees_data_ ? &recovered.data() : nullptr;
  history.log = &recovered.log();
  properties::Judgement judgement =
      recovered.failure() ? properties::Judgement::violated(
                                "after the power cut the recovery failed: " + *recovered.failure(),
                                history.steps - 1)
                          : property.judge_crash(history);
  if (judgement.violation) judgement.violation->reason += recovered.losses(history);
  if (judgement.violation && show_broken_) show_broken_(recovered.log());
  return judgement;
}

}  // namespace simcheck::model
