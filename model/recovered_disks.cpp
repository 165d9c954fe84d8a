#include "model/recovered_disks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "model/block_scenario.hpp"
#include "sim/code_failed.hpp"
#include "sim/thrown.hpp"

namespace simcheck::model {
namespace {

std::string joined(std::string a, const std::string& b) {
  return a.empty() || b.empty() ? a + b : a + ", " + b;
}

// Of one disk; `device` names it.
std::string losses_of(const CutFound& found, std::string_view device, const sim::History& history) {
  std::string text;
  for (const std::uint32_t effect : found.image.lost()) {
    const sim::DiskWrite& write = found.disk.record().writes[effect];
    std::string one = fmt::format("the {} of {} bytes at {} byte {}", to_string(write.kind),
                                  write.length, device, write.offset);
    const std::size_t request = sim::index_of(write.request);
    if (request < history.requests.size())
      one += " by " + lane_name(history.requests[request].lane);
    text = joined(text, one);
  }
  return text;
}

}  // namespace

std::string losses(const CutFound& data, const CutFound& log, const sim::History& history) {
  return joined(losses_of(log, "log", history), losses_of(data, "data", history));
}

RecoveredDisks::Run::Run(const sim::CutDisk& data_before, const sim::CutDisk& log_before,
                         sim::Choices& choices, const PowerCut& power_cut, bool may_be_cut)
    : data_before(data_before),
      log_before(log_before),
      data_found(data_before, choices),
      log_found(log_before, choices),
      power(choices, power_cut.model, may_be_cut),
      data(data_found, power),
      log(log_found, power) {}

RecoveredDisks::RecoveredDisks(const sim::CutDisk& data, const sim::CutDisk& log,
                               const PowerCut& power_cut, sim::Choices& choices,
                               const sim::History& history)
    : views_{View(data), View(log)} {
  const sim::CutDisk *data_cut = &data, *log_cut = &log;
  for (bool is_cut = true; is_cut;) {
    const bool may_be_cut = runs_.size() + 1 < power_cut.cuts;
    Run& run = runs_.emplace_back(*data_cut, *log_cut, choices, power_cut, may_be_cut);
    start(run, power_cut, history);
    is_cut = run.power.is_cut();
    if (!is_cut) break;
    data_cut = &run.data_cut.emplace(run.data, power_cut.model, &run.data_found);
    log_cut = &run.log_cut.emplace(run.log, power_cut.model, &run.log_found);
  }
  views_[0].show(runs_.back().data);
  views_[1].show(runs_.back().log);
}

void RecoveredDisks::start(Run& run, const PowerCut& power_cut, const sim::History& history) {
  try {
    power_cut.recovery.run({.data = run.data,
                            .log = run.log,
                            .log_sector_size = history.log_sector_size,
                            .first_log_sector = history.first_log_sector,
                            .log_entries_before = history.log_entries_before});
    run.power.end();
  } catch (const sim::RecoveryPower::Cut&) {
    return;
  } catch (...) {
    failure_ = sim::thrown();
  }
  // Then contents that it could tell apart by that were not tried.
  if (run.data.was_read() && !power_cut.recovery.reads_data)
    throw sim::CodeFailed(fmt::format(
        "the recovery {} reads the data device and does not say so: set Recovery::reads_data",
        power_cut.recovery_name));
}

std::uint64_t RecoveredDisks::end(sim::DeviceRole disk) const {
  std::uint64_t end = 0;
  for (const Run& run : runs_) {
    const sim::RecoveryDisk& written = disk == sim::DeviceRole::kData ? run.data : run.log;
    for (const sim::DiskVersion& version : written.record().versions)
      end = std::max(end, version.end);
  }
  return end;
}

std::string RecoveredDisks::losses(const sim::History& history) const {
  std::string text;
  for (const Run& run : runs_) {
    const std::string lost =
        model::losses({run.data_before, run.data_found}, {run.log_before, run.log_found}, history);
    if (!lost.empty()) text += "; of this was lost: " + lost;
    const std::uint32_t writes = run.power.writes();
    if (run.power.is_cut())
      text += fmt::format("; the recovery was cut again after {} write{}", writes,
                          writes == 1 ? "" : "s");
  }
  return text;
}

}  // namespace simcheck::model
