#include "model/crash_check.hpp"

#include <string>
#include <utility>

#include "model/archive_types.hpp"
#include "model/ask_property.hpp"
#include "model/recovered_disks.hpp"
#include "model/unread_content.hpp"

namespace simcheck::model {

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
  constexpr std::uint32_t kEvents = bit_of(sim::DeviceRole::kData, sim::DiskMoment{}) - 1;
  seen_events_.kinds |= moments & kEvents;
  for (const auto& property : properties) {
    if (property->observes().cut == 0) continue;
    for (const properties::Order& order : property->observes().orders)
      seen_events_.orders.push_back({order.reads & kEvents, order.writes & kEvents});
  }
}

void CrashCheck::start_over() {
  seen_ = HashSet(kStatesMax);
  counts_ = now_ = {};
}

CrashCounts CrashCheck::counts() const {
  CrashCounts counts = counts_;
  return counts += now_;
}

void CrashCheck::save_or_load(Archive& archive) { archive(seen_, counts_); }

void CrashCheck::judge(const sim::History& history, std::vector<BrokenProperty>& broken,
                       std::vector<bool>& exercised) {
  const CutDisks disks{{*history.data, power_cut_.model}, {*history.log, power_cut_.model}};
  if (sees_data_) hasher_.add(disks.data);
  hasher_.add(disks.log);
  hasher_.add(history, seen_events_);
  const sim::Hash128 state = hasher_.take();
  if (seen_.contains(state)) return;
  now_ = {.states = 1};
  now_.add_images(sees_data_ ? disks.data.images() : 1, disks.log.images());
  for (std::size_t p = 0; p < properties_.size(); ++p) {
    if (properties_[p]->observes().cut == 0) continue;
    auto violation = judge(p, disks, history, exercised);
    if (violation) broken.push_back({p, std::move(*violation)});
  }
  seen_.insert(state);
  counts_ += std::exchange(now_, {});
}

std::optional<properties::Violation> CrashCheck::judge(std::size_t property, const CutDisks& disks,
                                                       sim::History history,
                                                       std::vector<bool>& exercised) {
  const auto judge_one =
      power_cut_.recovery.run ? &CrashCheck::judge_recovered : &CrashCheck::judge_image;
  sim::Choices choices;
  do {
    if (must_stop_ && must_stop_()) throw JudgingStopped{};
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
  const UnreadContent unread(data.size());
  history.data = &unread;
  if (sees_data_) history.data = &data;
  history.log = &log;
  ++now_.recoveries;
  properties::Judgement judgement = crash_judgement_of(property, history);
  if (!judgement.violation) return judgement;
  const std::string lost = losses({disks.data, data}, {disks.log, log}, history);
  if (show_broken_) show_broken_({data}, {log});
  if (!lost.empty()) judgement.violation->reason += "; of this was lost: " + lost;
  return judgement;
}

properties::Judgement CrashCheck::judge_recovered(const properties::Property& property,
                                                  const CutDisks& disks, sim::History& history,
                                                  sim::Choices& choices) {
  const RecoveredDisks recovered(disks.data, disks.log, power_cut_, choices, history);
  now_.recoveries += recovered.runs();
  now_.recoveries_cut += recovered.runs() - 1;
  const UnreadContent unread(disks.data.size());
  history.data = &unread;
  if (sees_data_) history.data = &recovered.data();
  history.log = &recovered.log();
  properties::Judgement judgement =
      recovered.failure() ? properties::Judgement::violated(
                                "after the power cut the recovery failed: " + *recovered.failure(),
                                history.steps - 1)
                          : crash_judgement_of(property, history);
  if (judgement.violation) judgement.violation->reason += recovered.losses(history);
  if (judgement.violation && show_broken_)
    show_broken_({recovered.data(), recovered.end(sim::DeviceRole::kData)},
                 {recovered.log(), recovered.end(sim::DeviceRole::kLog)});
  return judgement;
}

}  // namespace simcheck::model
