// survives-io-error: after a write to the log failed, the log still parses, and holds every other
// request that was acknowledged as done.
//
// Judged as a replayer reads: from the first entry on, header after header, without knowing what
// failed. A hole where a failed entry should be, or half an entry, ends that walk, and with it all
// that lies behind is lost, though its guests were told that it is safe. The walk ends when all
// acknowledged requests were met: what lies behind them nobody was promised.
#include <fmt/format.h>

#include <algorithm>

#include "properties/all.hpp"
#include "properties/journal.hpp"
#include "properties/log_entry.hpp"
#include "properties/log_walk.hpp"
#include "properties/words.hpp"

namespace simcheck::properties {
namespace {

bool is_failed_log_write(const sim::Event& event) {
  return event.kind == sim::EventKind::kIoFailed && event.device == sim::DeviceRole::kLog &&
         (event.io == sim::IoKind::kWrite || event.io == sim::IoKind::kZeroes);
}

class Reading {
 public:
  explicit Reading(const Evidence& history)
      : history_(history),
        shift_(std::countr_zero(history.log_sector_size)),
        journal_(history.journal()),
        missing_(history.requests.size(), false) {
    for (std::size_t i = 0; i < missing_.size(); ++i) {
      missing_[i] = journal_.lives[i].ok && belongs_in_log(history.requests[i]);
      left_ += missing_[i] ? 1 : 0;
    }
  }

  Judgement judge(const sim::Event& failure) {
    if (left_ == 0) return Judgement::not_exercised();
    const std::uint64_t log_end = history_.log->size() >> shift_;
    std::uint64_t sector = history_.first_log_sector;
    for (std::size_t met = 0; met < journal_.placed.entries.size() && left_ > 0; ++met) {
      const auto header = sector < log_end ? read_header(history_, sector) : logs::EntryHeader{};
      const std::uint64_t end = logs::PlacedEntry{sector, header.nr_sectors, header.flags}.end();
      const bool possible = header.flags <= logs::kFlagsAll && end <= log_end;
      if (!possible || !is_of_a_request(sector, header)) return lost(failure, sector, header);
      sector = end;
    }
    return left_ == 0 ? Judgement::holds() : lost(failure, sector, {});
  }

 private:
  // Of one that was acknowledged, with its data; or of one that failed, of which any part may lie
  // there.
  bool is_of_a_request(std::uint64_t sector, const logs::EntryHeader& header) {
    bool of_failed = false;
    for (std::size_t i = 0; i < missing_.size(); ++i) {
      const sim::RequestInfo& request = history_.requests[i];
      if (!has_header(request, header, shift_)) continue;
      of_failed |= !journal_.lives[i].ok;
      if (!missing_[i] || !has_data(history_, request, sector, header)) continue;
      missing_[i] = false;
      --left_;
      return true;
    }
    return of_failed;
  }

  Judgement lost(const sim::Event& failure, std::uint64_t sector,
                 const logs::EntryHeader& header) const {
    std::size_t first = 0;
    while (!missing_[first]) ++first;
    const std::string what =
        header == logs::EntryHeader{}
            ? std::string("no header")
            : fmt::format("a header with sector {}, nr_sectors {}, flags {}", header.sector,
                          header.nr_sectors, logs::flag_names(header.flags));
    return Judgement::violated(
        fmt::format("a write to the log failed with {} for {}; a reader finds {} at log sector {} "
                    "and not the entry of {}, which was acknowledged",
                    to_string(failure.status), describe(history_, failure.request), what, sector,
                    describe(history_, sim::RequestId(first))),
        history_.steps);
  }

  const sim::History& history_;
  int shift_;
  const Journal& journal_;
  ShortList<bool> missing_;  // acknowledged, and not met yet
  std::size_t left_ = 0;
};

class SurvivesIoError final : public Property {
 public:
  std::string_view name() const override { return "survives-io-error"; }
  std::string_view summary() const override {
    return "a failed log write costs no other request its entry";
  }
  bool is_symmetric() const override { return true; }

  Judgement judge(const Evidence& history) const override {
    if (!history.journal().has(sim::EventKind::kIoFailed)) return Judgement::not_exercised();
    const auto failure = std::ranges::find_if(history.events, is_failed_log_write);
    const bool at_rest = history.ending == sim::Ending::kFinished && history.log != nullptr;
    if (!at_rest || failure == history.events.end()) return Judgement::not_exercised();
    return Reading(history).judge(*failure);
  }
};

}  // namespace

std::unique_ptr<Property> make_survives_io_error() { return std::make_unique<SurvivesIoError>(); }

}  // namespace simcheck::properties
