// log-parses: once everything came to rest, the log, walked from sector 1 for as many entries as
// were placed, holds exactly the acknowledged requests, once each, with their data.
//
// The log has no checksums: an entry that is missing or garbled goes unnoticed, until the disk that
// is rebuilt from it lacks a write that its guest was promised.
#include <fmt/format.h>

#include <optional>

#include "properties/all.hpp"
#include "properties/log_entry.hpp"
#include "properties/log_walk.hpp"
#include "properties/words.hpp"

namespace simcheck::properties {
namespace {

// The data of one execution's judgement.
class Parse {
 public:
  explicit Parse(const Evidence& history)
      : history_(history),
        shift_(std::countr_zero(history.log_sector_size)),
        journal_(history.journal()),
        seen_(history.requests.size(), false) {}

  Judgement judge() {
    const LogWalk& walk = history_.log_walk();
    for (const MetEntry& met : walk.entries()) {
      const auto request = match(met);
      if (!request) return stranger(met);
      seen_[*request] = true;
    }
    if (walk.impossible() != nullptr) return stranger(*walk.impossible());
    bool exercised = false;
    for (std::size_t i = 0; i < seen_.size(); ++i) {
      if (!journal_.lives[i].ok || !belongs_in_log(history_.requests[i])) continue;
      if (!seen_[i]) return missing(i);
      exercised = true;
    }
    return exercised ? Judgement::holds() : Judgement::not_exercised();
  }

 private:
  // Requests alike in header and data are interchangeable.
  std::optional<std::size_t> match(const MetEntry& met) const {
    const std::size_t likely = met.likely_request;
    if (likely < seen_.size() && is_entry_of(likely, met)) return likely;
    for (std::size_t i = 0; i < seen_.size(); ++i) {
      if (is_entry_of(i, met)) return i;
    }
    return std::nullopt;
  }

  bool is_entry_of(std::size_t i, const MetEntry& met) const {
    const sim::RequestInfo& request = history_.requests[i];
    return !seen_[i] && journal_.lives[i].ok && has_header(request, met.header, shift_) &&
           holds_data(met, request);
  }

  // Mostly it is one byte repeated.
  bool holds_data(const MetEntry& met, const sim::RequestInfo& request) const {
    const bool in_one_run = met.data.length == (met.behind - met.sector - 1) << shift_;
    if (request.mixed || !in_one_run || met.data.bytes != nullptr)
      return has_data(history_, request, met.sector, met.header);
    return met.data.length == 0 || met.data.fill == request.fill;
  }

  Judgement violated(std::string reason) const {
    return Judgement::violated(std::move(reason), history_.steps);
  }

  Judgement missing(std::size_t request) const {
    return violated(fmt::format("{} was acknowledged, but the log holds no entry of it",
                                describe(history_, sim::RequestId(request))));
  }

  Judgement stranger(const MetEntry& met) const;

  const Evidence& history_;
  int shift_;
  const Journal& journal_;
  ShortList<bool> seen_;
};

// What stands at the walk's position is no entry of a request: says what comes nearest.
Judgement Parse::stranger(const MetEntry& met) const {
  const logs::EntryHeader& header = met.header;
  const bool possible = history_.log_walk().impossible() != &met;
  const std::string entry = fmt::format("entry {} of {}, read at log sector {},", met.number,
                                        journal_.placed.entries.size(), met.sector);
  std::string twice;
  for (std::size_t i = 0; i < seen_.size() && possible; ++i) {
    if (!journal_.lives[i].ok || !has_header(history_.requests[i], header, shift_)) {
      continue;
    }
    const std::string who = describe(history_, sim::RequestId(i));
    if (seen_[i]) {
      if (twice.empty()) twice = fmt::format("{} is {} a second time", entry, who);
      continue;
    }
    return violated(fmt::format("{} is {}, but its data is not at {}", entry, who,
                                log_sectors(met.sector + 1, met.behind)));
  }
  if (!twice.empty()) return violated(std::move(twice));
  if (header == logs::EntryHeader{}) return violated(fmt::format("{} is all zeroes", entry));
  return violated(fmt::format("{} is no acknowledged request: sector {}, nr_sectors {}, flags {}",
                              entry, header.sector, header.nr_sectors,
                              logs::flag_names(header.flags)));
}

class LogParses final : public Property {
 public:
  std::string_view name() const override { return "log-parses"; }
  std::string_view summary() const override {
    return "the log holds exactly the completed requests";
  }
  bool is_symmetric() const override { return true; }

  Judgement judge(const Evidence& history) const override {
    const bool at_rest = history.ending == sim::Ending::kFinished;
    if (!at_rest || history.log == nullptr || history.requests.empty()) {
      return Judgement::not_exercised();
    }
    return Parse(history).judge();
  }
};

}  // namespace

std::unique_ptr<Property> make_log_parses() { return std::make_unique<LogParses>(); }

}  // namespace simcheck::properties
